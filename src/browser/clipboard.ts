/** The visitor's clipboard. The browser may refuse it, without a key press or in some frames: nothing here throws. */

/** Put a text on the clipboard. Whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Put a PNG on the clipboard. Whether it is there. */
export async function copyPicture(png: Blob): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    return true;
  } catch {
    return false;
  }
}

/** Select all that an element shows, for the visitor to copy by hand. */
export function selectText(element: HTMLElement): void {
  element.focus();
  getSelection()?.selectAllChildren(element);
}
