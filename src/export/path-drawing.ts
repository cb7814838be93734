import { isOfKernel } from '#kvm/links.ts';
import {
  firstParting,
  partingRows,
  spokenOf,
  type Comparison,
  type PartingRow,
} from '#session/code-partings.ts';
import { above, type CodeView, type TreeRow } from '#session/code-view.ts';
import type { DrawnLine } from './document.ts';

/** The call path of an operation on several kernels as one tree in letters, trimmed to what leads to where they part. */

const kernelFunction = ({ kind, cells }: TreeRow): boolean =>
  kind === 'function' &&
  cells.some((cell) => cell?.run?.kind === 'call' && cell.run.fn.visibility === 'kernel');

/** Whether a reader of the kernel's sources finds the row there, beside the loop around everything. */
function inSources({ kind, cells, fn }: TreeRow): boolean {
  if (kind !== 'function') return fn.visibility !== 'frame' && fn.visibility !== 'processor';
  const run = cells.find((cell) => cell?.run)?.run;
  return run?.kind === 'call' && isOfKernel(run.fn);
}

/** A test that only some kernels make and that finds nothing to do there tells nothing. */
const idleTest = ({ kind, cells }: TreeRow): boolean =>
  kind === 'test' && cells.every((cell) => cell?.state !== 'ran' || cell.value === 0);

/** What ran, but for what is only computed or returned. */
const tells = (row: TreeRow): boolean =>
  row.ran && (row.kind === 'function' || row.kind === 'test' || row.kind === 'effect') && !idleTest(row);

/** The rows that a reader needs: where kernels part, what leads there, what is decided around it, what comes of it. */
function pathRows({ rows }: CodeView, compared: readonly Comparison[]): readonly TreeRow[] {
  const spoken = spokenOf(compared);
  const told = [...spoken].map((index) => rows[index]!);
  const leading = new Set(told.flatMap((row) => above(rows, row)));
  /** A function that not all kernels call says it by itself; below one that is told, so do those that it enters. */
  const inside = (row: TreeRow): boolean => {
    const calls = above(rows, row).filter(({ kind }) => kind === 'function');
    if (kernelFunction(row) && calls.some(({ index }) => spoken.has(index))) return false;
    return calls.some((outer) => outer.differs && !leading.has(outer));
  };
  const differing = rows.filter((row) => row.differs && tells(row) && !inside(row));
  if (told.length + differing.length === 0) return rows.filter((row) => row.ran && kernelFunction(row));
  const keep = new Set([...told, ...differing].flatMap((row) => [row, ...above(rows, row)]));
  const around = new Set(told.map(({ parent }) => parent));
  const entered = new Set([...keep].filter(({ kind }) => kind === 'function').map(({ index }) => index));
  const beside = (row: TreeRow): boolean =>
    row.parent !== undefined &&
    ((tells(row) && around.has(row.parent)) || (row.ran && kernelFunction(row) && entered.has(row.parent)));
  return rows.filter(
    (row) => spoken.has(row.index) || (inSources(row) && (keep.has(row) || (beside(row) && !inside(row)))),
  );
}

/** How a row fared on a kernel: a sign of the legend. */
function sign(row: TreeRow, column: number): string {
  const cell = row.cells[column];
  if (cell?.state === 'ran') return row.kind === 'test' ? (cell.value ? 'T' : 'F') : '*';
  return row.has[column] ? '.' : '-';
}

const authorities = { apm: 'APM', choice: 'undefined by the APM', kvm: '' } as const;

/** What a reader must know of a row, as the page's tags say it. */
function tagsOf({ node, newMarks, cells }: TreeRow): readonly string[] {
  const run = cells.find((cell) => cell?.run)?.run;
  const mark = node?.mark ?? (run?.kind === 'call' ? run.fn.mark : undefined);
  const authority = node?.by === undefined ? '' : authorities[node.by];
  return [
    ...newMarks.map((one) => `${one.sign}${one.patch}`),
    ...(authority === '' ? [] : [authority]),
    ...(mark ? [mark.toUpperCase()] : []),
  ];
}

const partingWord: Readonly<Record<PartingRow['kind'], string>> = {
  parts: '<- they part here',
  decides: '<- decides',
  arranged: '<- the code differs, not what it does',
};

function rowWords(row: TreeRow, parting: PartingRow | undefined, several: boolean): string {
  const tags = tagsOf(row);
  const whose = parting && several ? `: ${parting.kernels.join(', ')}` : '';
  return [
    row.text,
    ...(tags.length === 0 ? [] : [`[${tags.join(', ')}]`]),
    ...(parting ? [partingWord[parting.kind] + whose] : []),
  ].join(' ');
}

/** The longest id that heads a column of its own. */
const headLength = 6;
const arrow = '--> ';

export interface PathDrawing {
  readonly lines: readonly DrawnLine[];
  /** What the letters at the head of the columns stand for, where ids are too long to stand there. */
  readonly letters: readonly string[];
  readonly shown: number;
  readonly all: number;
}

export function pathDrawing(view: CodeView, compared: readonly Comparison[]): PathDrawing {
  const { columns } = view;
  const short = columns.length <= 2 && columns.every(({ id }) => id.length <= headLength);
  const heads = columns.map(({ id }, at) => (short ? id : 'ABCD'.charAt(at)));
  const marks = (signs: readonly string[]): string =>
    signs.map((one, at) => one.padEnd(heads[at]!.length)).join(' ');
  const partings = partingRows(compared);
  const first = firstParting(partings);
  const rows = pathRows(view, compared);
  const kept = new Set(rows);
  const lines = rows.map((row): DrawnLine => {
    const level = above(view.rows, row).filter((outer) => kept.has(outer)).length;
    const signs = marks(columns.map((_, column) => sign(row, column)));
    const drawn = `${row.index === first ? arrow : ' '.repeat(arrow.length)}${signs}  ${' '.repeat(level)}`;
    return {
      drawn,
      words: rowWords(row, partings.get(row.index), compared.length > 1),
      below: ' '.repeat(drawn.length),
      hang: 2,
    };
  });
  const head = `${' '.repeat(arrow.length)}${marks(heads)}`;
  return {
    lines: [{ drawn: head, words: '', below: '', hang: 0 }, ...lines],
    letters: short ? [] : columns.map(({ id }, at) => `${heads[at]} is ${id}`),
    shown: rows.length,
    all: view.rows.filter(({ ran }) => ran).length,
  };
}
