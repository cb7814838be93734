import { useLayoutEffect, useMemo, useRef, useState } from 'react';

import { isOfKernel } from '#kvm/links.ts';
import type { CallRun } from '#kvm/recorder.ts';
import type { CodeColumn } from '#session/code-view.ts';
import type { Cursor } from '#session/session.ts';
import { callAt, callsOfRun } from '#source/c/lit.ts';
import { useHunkRows } from '../patch/store.ts';
import { SourceFunction } from './SourceFunction.tsx';
import { SourceHead } from './SourceHead.tsx';
import { useOpenSource, type OpenSource, type SourceGoal } from './store.ts';

interface Props {
  /** The kernel that is shown, and what it ran. */
  readonly column: CodeColumn;
  readonly cursor: Cursor;
  /** The micro-step of the row that is selected in the tree. */
  readonly selected: number | undefined;
}

/** Show the visitor's own source: the functions that ran, and in one of them the lines that were lit. */
export function SourceView(props: Props) {
  const source = useOpenSource();
  return source ? <SourceOfRun {...props} source={source} /> : null;
}

interface Entered {
  readonly call: CallRun<unknown>;
  readonly depth: number;
}

/** The call that the visitor picked, until something else is asked for or another hunk is chosen. */
interface Picked {
  readonly key: string;
  readonly hunk: ReadonlySet<string>;
  readonly call: CallRun<unknown>;
}

/** The call that is shown: the one picked, that of the line asked for, that of the cursor, of the tree's row, or the first. */
function useShown(
  { column, cursor, selected }: Props,
  entered: readonly Entered[],
  goal: SourceGoal | undefined,
): readonly [CallRun<unknown> | undefined, (call: CallRun<unknown>) => void] {
  const asked = cursor.micro === undefined ? selected : cursor.micro - 1;
  const key = `${asked} ${goal?.fn} ${goal?.line}`;
  const hunk = useHunkRows();
  const [picked, setPicked] = useState<Picked>();
  const calls = column.made?.calls ?? [];
  const stays = picked?.key === key && picked.hunk === hunk;
  const own = stays && entered.some(({ call }) => call === picked.call) ? picked.call : undefined;
  const at = asked === undefined ? undefined : callAt(calls, asked);
  const here = entered.some(({ call }) => call === at) ? at : undefined;
  const wanted = goal && here?.fn.name !== goal.fn && cursor.micro === undefined;
  const byGoal = wanted ? entered.find(({ call }) => call.fn.name === goal.fn)?.call : undefined;
  return [own ?? byGoal ?? here ?? entered[0]?.call, (call) => setPicked({ key, hunk, call })];
}

function SourceOfRun({ source, ...props }: Props & { readonly source: OpenSource }) {
  const { column, cursor } = props;
  const { made, kernel } = column;
  const entered = useMemo(
    () => [...callsOfRun(made?.calls ?? [])].filter(({ call }) => isOfKernel(call.fn)),
    [made],
  );
  const [call, pick] = useShown(props, entered, source.goal);
  const tied = call && source.opened.tied(kernel, call.fn);
  const goal = source.goal?.fn === call?.fn.name ? source.goal : undefined;
  return (
    <div className="flex min-h-0 flex-col text-ink md:h-full">
      <SourceHead source={source} kernel={column.id} />
      <EnteredList {...{ entered, shown: call, source, pick }} />
      {call && tied ? (
        <SourceFunction {...{ tied, call, goal }} tree={source.opened.tree} done={cursor.micro} />
      ) : (
        <p className="p-4 text-sm text-ink-2">
          {call
            ? `${call.fn.name}() is not in the files that are open: ${call.fn.file.replace(/^\//, '')} has it.`
            : `No function of KVM ran on ${column.id}.`}
        </p>
      )}
    </div>
  );
}

interface ListProps {
  readonly entered: readonly Entered[];
  readonly shown: CallRun<unknown> | undefined;
  readonly source: OpenSource;
  readonly pick: (call: CallRun<unknown>) => void;
}

function EnteredList({ entered, shown, source, pick }: ListProps) {
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-entered="${shown?.index}"]`);
    if (list.current && row)
      list.current.scrollTop = row.offsetTop - list.current.offsetTop - row.offsetHeight;
  }, [shown]);
  return (
    <details open className="shrink-0 border-b border-line">
      <summary className="cursor-pointer px-2 py-1 text-2xs text-ink-2">
        {entered.length} {entered.length === 1 ? 'function' : 'functions'} entered, in order
      </summary>
      <ol ref={list} aria-label="Functions entered" className="max-h-32 overflow-y-auto pb-1">
        {entered.map(({ call, depth }) => {
          const place = source.opened.tree.definitions(call.fn)[0];
          return (
            <li key={call.index} data-entered={call.index}>
              <button
                type="button"
                aria-current={call === shown || undefined}
                className={`flex w-full cursor-pointer items-baseline gap-2 pr-2 text-left font-mono text-xs -outline-offset-2! hover:bg-raised ${
                  call === shown ? 'bg-accent-ground font-bold' : place ? '' : 'text-ink-3'
                }`}
                style={{ paddingLeft: `${0.5 + Math.min(depth, 12) * 0.5}rem` }}
                onClick={() => pick(call)}
              >
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{call.fn.name}()</span>
                <span className="text-2xs font-normal text-ink-3">
                  {place ? `${baseName(place.file)}:${place.nameLine}` : 'not open'}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
