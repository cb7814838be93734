import { memo, type CSSProperties } from 'react';
import type { PartingRow } from '#session/code-partings.ts';
import type { TreeRow } from '#session/code-view.ts';
import type { RowMark } from '#session/patch-marks.ts';
import { CodeCell, type Lit } from './CodeCell.tsx';
import { CodeText } from './CodeText.tsx';
import { Gutter } from './Gutter.tsx';
import { NodeTags } from './NodeTags.tsx';

interface Props {
  readonly row: TreeRow;
  readonly kernels: readonly string[];
  readonly parting: PartingRow | undefined;
  /** One letter for each kernel, see `Lit`. */
  readonly lit: string;
  /** The row that the keys move from: the only one in the tab order. */
  readonly active: boolean;
  /** A talk is about it. */
  readonly pointed: boolean;
  /** A hunk that the visitor chose ties to it. */
  readonly hunk: boolean;
  /** Of a function that has inner rows whether they are shown. */
  readonly expanded: boolean | undefined;
  readonly open: boolean;
  /** Shown only for what stands under it. */
  readonly context: boolean;
}

const textStyles: Readonly<Record<TreeRow['kind'], string>> = {
  function: 'font-bold',
  test: '',
  effect: '',
  let: 'text-ink-3',
  return: 'text-ink-3',
  trace: 'text-ink-3',
};

function textStyleOf({ kind }: TreeRow, pale: boolean, parting: PartingRow | undefined): string {
  if (parting) return kind === 'function' ? 'font-bold text-ink' : 'text-ink';
  return pale ? '' : textStyles[kind];
}

function groundOf(parting: PartingRow | undefined, marks: readonly RowMark[], lit: string): string {
  if (parting?.kind === 'parts') return 'bg-part-ground';
  if (lit.includes('n')) return 'bg-accent-ground';
  if (parting) return parting.kind === 'decides' ? 'bg-part-ground/60' : 'bg-raised';
  const mark = marks[0];
  if (!mark || mark.moved !== undefined) return '';
  return mark.sign === '+' ? 'bg-added-ground' : 'bg-removed-ground';
}

const line = 'flex border-b border-line/50 -outline-offset-2!';

/*
 * The first column: a gutter, guides at the depth of the row with a line for every third level, what leads the text
 * in, and the text, which hangs.
 */
const header =
  'relative min-h-[1.375rem] min-w-0 flex-1 cursor-pointer border-r border-line py-0.5 pr-1 pl-[calc(2.75rem+var(--depth)*var(--indent))] font-mono text-xs [overflow-wrap:anywhere] hover:bg-accent-ground/50 bg-[repeating-linear-gradient(90deg,var(--line)_0_1px,transparent_1px_calc(3*var(--indent)))] bg-[length:calc(var(--depth)*var(--indent))_100%] bg-[position:1.75rem_0] bg-no-repeat';
const lead =
  'before:absolute before:top-0 before:left-[calc(1.75rem+var(--depth)*var(--indent))] before:w-4 before:text-center before:leading-[1.375rem] before:font-bold';
const chevron =
  "before:absolute before:top-2 before:left-[calc(2rem+var(--depth)*var(--indent))] before:size-[5px] before:border-r-[1.5px] before:border-b-[1.5px] before:border-ink-3 before:content-['']";

/** What stands before a row's text: the chevron of a function, a question mark, a square. */
function leadOf({ kind }: TreeRow, expanded: boolean | undefined, pale: boolean): string {
  if (expanded !== undefined) return `${chevron} ${expanded ? 'before:rotate-45' : 'before:-rotate-45'}`;
  if (kind === 'test') return `${lead} before:text-ink-3 before:content-['?']`;
  if (kind !== 'effect') return '';
  return `${lead} ${pale ? 'before:text-ink-3' : 'before:text-kvm'} before:content-['▪']`;
}

/** Show one node of the call tree, and how it fared in every kernel. */
export const CodeLine = memo(function CodeLine(props: Props) {
  const { row, kernels, parting, lit, active, pointed, hunk, expanded, open, context } = props;
  const later = lit.includes('l') && !lit.includes('p') && !lit.includes('n');
  const pale = context || !row.ran || later;
  return (
    <div
      role="row"
      data-row={row.id}
      tabIndex={active ? 0 : -1}
      aria-level={row.depth + 1}
      aria-expanded={expanded}
      aria-current={lit.includes('n') ? 'step' : undefined}
      className={`${line} ${open ? 'bg-raised' : groundOf(parting, row.marks, lit)} ${pale ? 'text-ink-3' : 'text-ink'} ${pointed ? 'outline-2 outline-accent' : ''}`}
      data-pointed={pointed || undefined}
      data-hunk={hunk || undefined}
    >
      <div
        role="rowheader"
        className={`${header} ${leadOf(row, expanded, pale)}`}
        style={{ '--depth': row.depth } as CSSProperties}
      >
        <Gutter row={row} parting={parting} hunk={hunk} />
        <span data-text className={textStyleOf(row, pale, parting)}>
          <CodeText text={row.text} name={row.kind === 'function'} />
        </span>
        <NodeTags row={row} parting={parting} shown={kernels.length} pale={pale} />
      </div>
      {kernels.map((kernel, column) => (
        <CodeCell key={kernel} row={row} column={column} kernel={kernel} lit={(lit[column] ?? '.') as Lit} />
      ))}
    </div>
  );
});
