import { documentOf } from './content.ts';
import type { Block, Document } from './document.ts';
import { drawnLines } from './preformatted.ts';
import type { Subject } from './subject.ts';

/** Columns of a drawing: code blocks do not wrap, but are seldom wider than this. */
const blockWidth = 100;

/** Signs that Markdown or HTML would read, and an underscore that is not inside a word. */
const special = /[\\*<>[\]|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll(special, (sign) => `\\${sign}`);

/** Words as Markdown: what stands between backquotes is code already, a `function_name()` becomes so. */
function inline(text: string): string {
  const parts = text.split('`').map((part, index) => {
    if (index % 2 === 1) return `\`${part}\``;
    return part
      .split(/(\b\w+\(\))/)
      .map((piece, at) => (at % 2 === 1 ? `\`${piece}\`` : escaped(piece)))
      .join('');
  });
  // At the beginning of a line these would begin a list.
  return parts.join('').replace(/^([+-]) /, String.raw`\$1 `);
}

/** A bar would end the cell even within code. */
const cell = (text: string, code: boolean): string =>
  code && text !== '' ? `\`${text.replaceAll('|', String.raw`\|`)}\`` : inline(text);

/** The table, with its bars below each other: it is read as text too. */
function tableLines({ head, rows, code }: Block & { readonly kind: 'table' }): readonly string[] {
  const cells = [head.map(inline), ...rows.map((row) => row.map((text) => cell(text, code)))];
  const widths = head.map((_, at) => Math.max(3, ...cells.map((row) => row[at]!.length)));
  const lines = cells.map((row) => `| ${row.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`);
  return lines.toSpliced(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
}

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`### ${inline(block.text)}`];
    case 'prose':
      return [inline(block.text)];
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`);
    case 'table':
      return tableLines(block);
    case 'drawing':
      return ['```text', ...drawnLines(block.lines, blockWidth), '```'];
    case 'link':
      return [`- ${inline(block.label)}: <${block.href}>`];
  }
}

function markdown({ title, blocks }: Document): string {
  const lines = [`## ${inline(title)}`];
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'link' || blocks[index - 1]?.kind !== 'link') lines.push('');
    lines.push(...blockLines(block));
  }
  return `${lines.join('\n')}\n`;
}

/** The operation at the cursor as Markdown, with the content of the mail. */
export function markdownText(subject: Subject): string {
  return markdown(documentOf(subject));
}
