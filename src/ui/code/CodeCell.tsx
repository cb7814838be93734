import type { TreeRow } from '#session/code-view.ts';

/** How a cell stands to a cursor inside the operation: `.` no such cursor, `p` before it, `n` at it, `l` after it. */
export type Lit = '.' | 'p' | 'n' | 'l';

interface Props {
  readonly row: TreeRow;
  readonly column: number;
  readonly kernel: string;
  readonly lit: Lit;
}

const said: Readonly<Record<Lit, string>> = { '.': '', p: '', n: ', here', l: ', to come' };

/** What a cell says, for those who do not see its glyph. */
function wordsOf({ row, column, kernel, lit }: Props): string {
  const cell = row.cells[column];
  if (cell?.state === 'skipped') return 'branch not taken';
  if (cell) return (row.kind === 'test' ? (cell.value ? 'true' : 'false') : 'ran') + said[lit];
  return row.has[column] ? `${kernel} did not get here` : `${kernel} has no such node`;
}

/* A cell is one element, its glyph what stands before its content: four kernels make a thousand of them. */

const letter =
  'before:grid before:size-[0.9375rem] before:place-items-center before:font-mono before:text-2xs before:leading-none before:font-bold';
const tests = [
  "before:rounded-full before:content-['F']",
  "before:rounded-[3px] before:content-['T']",
] as const;
const testColours = [
  'before:border before:border-ink-3 before:text-ink-2',
  'before:bg-ink-2 before:text-panel',
] as const;
const testLater = 'before:border before:border-dotted before:border-ink-3 before:text-ink-3';

const dot = "before:rounded-full before:content-['']";
const dots: Readonly<Record<TreeRow['kind'], string>> = {
  function: 'before:size-1.5 before:bg-ink-2',
  test: '',
  effect: 'before:size-2 before:bg-kvm',
  let: 'before:size-1 before:bg-ink-3',
  return: 'before:size-1 before:bg-ink-3',
  trace: 'before:size-1 before:bg-ink-3',
};
const dotLater = 'before:size-1.5 before:border before:border-dotted before:border-ink-3';
const ring = 'before:size-2 before:border before:border-ink-3';
const absent = "before:text-ink-3 before:content-['·']";

function glyphOf({ row, column, lit }: Props): string {
  const cell = row.cells[column];
  if (!cell) return row.has[column] ? '' : absent;
  if (cell.state === 'skipped') return `${dot} ${ring}`;
  if (row.kind !== 'test') return `${dot} ${lit === 'l' ? dotLater : dots[row.kind]}`;
  const value = cell.value ? 1 : 0;
  return `${letter} ${tests[value]} ${lit === 'l' ? testLater : testColours[value]}`;
}

const here = "after:absolute after:left-0.5 after:text-[0.5625rem] after:text-accent after:content-['►']";

/** Show how a row fared in one kernel: a test's value, that it ran, that its branch was not taken, or nothing. */
export function CodeCell(props: Props) {
  const { row, column, lit } = props;
  const words = wordsOf(props);
  const micro = row.cells[column]?.micro;
  return (
    <div
      role="gridcell"
      aria-label={words}
      title={row.cells[column] ? undefined : words}
      data-micro={micro}
      className={`relative flex h-[1.375rem] w-(--column) shrink-0 items-center justify-center ${glyphOf(props)} ${lit === 'n' ? here : ''} ${
        micro === undefined ? '' : 'cursor-pointer hover:bg-accent-ground'
      }`}
    />
  );
}
