import { Fragment, useLayoutEffect, useMemo, useRef } from 'react';
import { litOf } from '#session/code-lit.ts';
import type { CodeView, TreeRow } from '#session/code-view.ts';
import { CodeDetails } from './CodeDetails.tsx';
import { CodeLine } from './CodeLine.tsx';
import { CodeHead } from './CodeHead.tsx';
import type { Look } from './look.ts';
import { keepInView, showDetails, showGoal } from './scrolling.ts';
import { treeHandlers } from './treeHandlers.ts';
import { useChunks } from './useChunks.ts';
import type { Table } from './useTable.ts';

interface Props extends Omit<Table, 'compared'>, Pick<Look, 'turn' | 'active' | 'open' | 'goal' | 'pointed'> {
  readonly code: CodeView;
  readonly focus: number;
  /** Keys of the rows that the visitor's hunk ties to. */
  readonly hunkRows: ReadonlySet<string>;
  readonly onFocus: (column: number) => void;
  readonly onFold: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onOpen: (id: string | undefined) => void;
  readonly onMicro: (micro: number) => void;
}

/** Show the call tree: a row a node, a column a kernel. */
export function CodeTable(props: Props) {
  const { code, shown, partings, reached, marked, open, folded, focus, onFocus } = props;
  const { columns } = code;
  const table = useRef<HTMLDivElement>(null);
  const chunks = useChunks(code, shown.rows, props.goal.id);
  useScrolling(table, props);
  const kernels = useMemo(() => columns.map(({ id }) => id), [columns]);
  const active = shown.rows.some(({ id }) => id === props.active) ? props.active : shown.rows[0]?.id;
  const expanded = (id: string): boolean | undefined =>
    shown.foldable.has(id) ? !folded.has(id) : undefined;
  const rowOf = (row: TreeRow) => (
    <Fragment key={row.id}>
      <CodeLine
        row={row}
        kernels={kernels}
        parting={partings.get(row.index)}
        lit={litOf(row, reached, marked)}
        active={row.id === active}
        pointed={row.id === props.pointed}
        hunk={props.hunkRows.has(row.key)}
        expanded={expanded(row.id)}
        open={row.id === open}
        context={shown.context.has(row)}
      />
      {row.id === open && <CodeDetails row={row} columns={columns} onMicro={props.onMicro} />}
    </Fragment>
  );
  return (
    <div ref={table} className="md:min-h-0 md:flex-1 md:overflow-x-hidden md:overflow-y-auto">
      <div
        role="treegrid"
        aria-label="Call tree"
        aria-rowcount={shown.rows.length + 1}
        className="[--column:2.75rem] [--indent:0.25rem] @md:[--column:3.25rem] @lg:[--indent:0.3125rem] @2xl:[--indent:0.5rem]"
        {...handlersOf(props, expanded)}
      >
        <CodeHead kernels={kernels} focus={focus} onFocus={onFocus} />
        <div key={props.turn} role="presentation">
          {chunks.map(({ id, rows, height, drawn, far }) => (
            <div
              key={id}
              role={drawn ? 'rowgroup' : 'presentation'}
              className={far ? '[content-visibility:auto]' : undefined}
              style={drawn ? { containIntrinsicHeight: `auto ${height}rem` } : { height: `${height}rem` }}
            >
              {drawn && rows.map(rowOf)}
            </div>
          ))}
        </div>
      </div>
      {shown.rows.length === 0 && (
        <p className="p-4 text-xs text-ink-2">
          {code.rows.length === 0 ? 'No code of KVM ran.' : 'No row of the call tree fits what is asked for.'}
        </p>
      )}
    </div>
  );
}

function useScrolling(
  table: React.RefObject<HTMLDivElement | null>,
  { goal, marked, focus, open }: Pick<Props, 'goal' | 'marked' | 'focus' | 'open'>,
): void {
  useLayoutEffect(() => {
    if (table.current) showGoal(table.current, goal);
  }, [table, goal]);
  const here = (marked[focus] ?? marked[0])?.id;
  useLayoutEffect(() => {
    if (here !== undefined && table.current) keepInView(table.current, here);
  }, [table, here]);
  useLayoutEffect(() => {
    if (open !== undefined && table.current) showDetails(table.current, open);
  }, [table, open]);
}

function handlersOf(
  { code, open, onFold, onActive, onOpen, onMicro }: Props,
  expanded: (id: string) => boolean | undefined,
) {
  return treeHandlers({
    expanded,
    parentOf: (id) => {
      const parent = code.rows.find((row) => row.id === id)?.parent;
      return parent === undefined ? undefined : code.rows[parent]?.id;
    },
    onFold,
    onActive,
    onDetails: (id) => onOpen(id === open ? undefined : id),
    onMicro,
    onClose: () => {
      onOpen(undefined);
      return open;
    },
  });
}
