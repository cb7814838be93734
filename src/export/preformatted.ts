import type { Block, DrawnLine } from './document.ts';
import { hanging, toAscii, wrap } from './wrap.ts';

/** What is set in columns of one width, in any form: drawings and tables, in ASCII. */

/** Columns that words have at least, however much is drawn beside them. */
const leastWords = 16;

function drawnLine({ drawn, words, below, hang }: DrawnLine, width: number): readonly string[] {
  const room = Math.max(leastWords, width - drawn.length);
  return hanging(toAscii(words), room, Math.min(hang, room - leastWords)).map((line, index) =>
    `${index === 0 ? drawn : below}${line}`.trimEnd(),
  );
}

export function drawnLines(lines: readonly DrawnLine[], width: number): readonly string[] {
  return lines.flatMap((line) => drawnLine(line, width));
}

const gap = 2;

/** How wide the columns are: as wide as what they hold, the widest ones narrowed until all fit. */
function columnWidths(rows: readonly (readonly string[])[], room: number): readonly number[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(1, ...rows.map((row) => row[at]?.length ?? 0)));
  const total = (): number => widths.reduce((sum, one) => sum + one + gap, -gap);
  while (total() > room) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest]! -= 1;
  }
  return widths;
}

function tableRow(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const wrapped = cells.map((cell, at) => wrap(cell, widths[at]!));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, at) => (lines[line] ?? '').padEnd(widths[at]!))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

export function tableLines(
  { head, rows }: Pick<Block & { kind: 'table' }, 'head' | 'rows'>,
  width: number,
): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => toAscii(cell).replaceAll('`', '')));
  const widths = columnWidths(cells, width);
  const [first = [], ...others] = cells;
  return [
    ...tableRow(first, widths),
    ...tableRow(
      widths.map((one) => '-'.repeat(one)),
      widths,
    ),
    ...others.flatMap((row) => tableRow(row, widths)),
  ];
}
