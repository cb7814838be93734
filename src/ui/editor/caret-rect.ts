/** Where a column of a line stands on the screen; the lines are the children of their container, drawn as text. */
export function caretRect(lines: HTMLElement | null, line: number, column: number): DOMRect | undefined {
  const content = lines?.children[line]?.lastElementChild;
  if (!content) return undefined;
  let left = column;
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (left <= length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.collapse(true);
      return range.getClientRects()[0] ?? content.getBoundingClientRect();
    }
    left -= length;
  }
  return content.getBoundingClientRect();
}
