/**
 * Put text in place of some characters of a field, as if it were typed: the field's own undo takes it back.
 * The old command is the only one that does: setting the value, also with setRangeText(), makes Chromium forget
 * what was typed before.
 */
export function typeInto(field: HTMLTextAreaElement, from: number, to: number, text: string): void {
  field.focus();
  field.setSelectionRange(from, to);
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
