import type { Block, Document } from './document.ts';
import { drawnLines, tableLines } from './preformatted.ts';
import { hanging, toAscii, wrap } from './wrap.ts';

/** Columns of a line that can be quoted a few times and still fits a terminal. */
const mailWidth = 72;
const indent = 2;
const inner = mailWidth - indent;

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line));

/** Words at the margin, one column short: a line that a mailbox would take for its own is moved by one. */
const atMargin = (text: string): readonly string[] =>
  wrap(toAscii(text), mailWidth - 1).map((line) => (/^(>|From )/.test(line) ? ` ${line}` : line));

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return atMargin(`${block.text}:`);
    case 'prose':
      return atMargin(block.text);
    case 'list':
      return block.items.flatMap((item) => indented(hanging(`* ${toAscii(item)}`, inner, 2)));
    case 'table':
      return indented(tableLines(block, inner));
    case 'drawing':
      return indented(drawnLines(block.lines, inner));
    case 'link':
      return linkLines(block);
  }
}

/** The address on a line of its own, at the margin where it is long. */
function linkLines({ label, href }: Block & { readonly kind: 'link' }): readonly string[] {
  const margin = href.length + indent + 2 <= mailWidth ? ' '.repeat(indent + 2) : '';
  return [...indented(hanging(`* ${toAscii(label)}`, inner, 2)), margin + href];
}

/** Blocks that stand right below the one before. */
const follows = (before: Block | undefined, block: Block): boolean =>
  before !== undefined &&
  (before.kind === 'heading' ||
    (before.kind === block.kind && (block.kind === 'link' || block.kind === 'list')));

/**
 * The document as a mail has it: ASCII, no line longer than 72 columns but for an address, none that a mail reader
 * would take for a quotation.
 */
export function plainText({ title, blocks }: Document): string {
  const lines = [...atMargin(title)];
  for (const [index, block] of blocks.entries()) {
    if (!follows(blocks[index - 1], block)) lines.push('');
    lines.push(...blockLines(block));
  }
  return `${lines.join('\n')}\n`;
}
