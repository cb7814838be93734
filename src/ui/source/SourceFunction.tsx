import { Fragment, useLayoutEffect, useMemo, useRef } from 'react';

import type { CallRun } from '#kvm/recorder.ts';
import type { Disagreement } from '#source/c/compare.ts';
import type { CFunction } from '#source/c/functions.ts';
import { highlighted } from '#source/c/highlight.ts';
import { litSource } from '#source/c/lit.ts';
import type { TiedSource } from '#source/c/opened.ts';
import type { SourceTree } from '#source/c/tree.ts';
import { keepInView, showGoal } from '../code/scrolling.ts';
import { useHunkRows } from '../patch/store.ts';
import { hunkLines } from './hunk-lines.ts';
import { SourceLine } from './SourceLine.tsx';
import type { SourceGoal } from './store.ts';

interface Props {
  readonly tied: TiedSource;
  readonly tree: SourceTree;
  readonly call: CallRun<unknown>;
  /** Micro-steps done, where the cursor is inside the operation. */
  readonly done: number | undefined;
  readonly goal: SourceGoal | undefined;
}

/** Show a function as it stands in its file, and those that it calls where the model tells their part in it. */
export function SourceFunction({ tied, tree, call, done, goal }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<{ readonly call: CallRun<unknown>; readonly hunk: ReadonlySet<string> }>(undefined);
  const hunk = useHunkRows();
  const sources = useMemo(() => {
    const helpers = [...tied.ties.values()].map(({ source }) => source);
    return [...new Set([tied.source, ...helpers])];
  }, [tied]);
  const first = useFirst(sources, tied, call, done, hunk);
  const inside = done !== undefined;
  useLayoutEffect(() => {
    // Another function comes whole into view, another node of the same one only as far as needed.
    if (!box.current) return;
    const before = shown.current;
    shown.current = { call, hunk };
    if (before?.call !== call || before.hunk !== hunk) showGoal(box.current, { id: first, focus: false });
    else if (inside) keepInView(box.current, first);
  }, [call, first, hunk, inside]);
  useLayoutEffect(() => {
    if (box.current && goal) showGoal(box.current, { id: rowId(tied.source, goal.line), focus: true });
  }, [tied, goal]);
  return (
    <div
      ref={box}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys.
      tabIndex={0}
      role="region"
      aria-label={`Source of ${call.fn.name}()`}
      className="md:min-h-0 md:flex-1 md:overflow-x-hidden md:overflow-y-auto"
      data-source={call.fn.name}
    >
      <div data-head />
      {sources.map((source) => (
        <Definition key={`${source.file}:${source.line}`} {...{ source, tied, tree, call, done, hunk }} />
      ))}
    </div>
  );
}

const rowId = ({ file }: CFunction, line: number): string => `${file}:${line}`;

/** The line to bring into view: that of the cursor, else the first of the chosen hunk, else the first that ran. */
function useFirst(
  sources: readonly CFunction[],
  tied: TiedSource,
  call: CallRun<unknown>,
  done: number | undefined,
  hunk: ReadonlySet<string>,
): string {
  return useMemo(() => {
    let first: string | undefined;
    let changed: string | undefined;
    for (const source of sources) {
      const { lines } = litSource(tied, call, done, source);
      const here = [...lines].find(([, { state }]) => state === 'here')?.[0];
      if (here !== undefined) return rowId(source, here);
      const ran = [...lines.keys()].toSorted((left, right) => left - right)[0];
      if (ran !== undefined) first ??= rowId(source, ran);
      const own = [...hunkLines(tied, source, hunk)].toSorted((left, right) => left - right)[0];
      if (own !== undefined) changed ??= rowId(source, own);
    }
    return changed ?? first ?? rowId(tied.source, tied.source.nameLine);
  }, [sources, tied, call, done, hunk]);
}

type DefinitionProps = Omit<Props, 'goal'> & {
  readonly source: CFunction;
  readonly hunk: ReadonlySet<string>;
};

/** Longest function that is shown whole, in lines. */
const mostLines = 2000;

function Definition({ source, tied, tree, call, done, hunk }: DefinitionProps) {
  const file = tree.files.find(({ name, functions }) => name === source.file && functions.includes(source));
  const rows = useMemo(() => (file ? highlighted(file, source) : []), [file, source]);
  const lit = useMemo(() => litSource(tied, call, done, source), [tied, call, done, source]);
  const changed = useMemo(() => hunkLines(tied, source, hunk), [tied, source, hunk]);
  const own = source === tied.source;
  return (
    <section aria-label={`${source.name}() in ${source.file}`}>
      <h3 className="border-b border-line bg-raised px-2 py-1 font-mono text-2xs [overflow-wrap:anywhere] text-ink-2">
        {source.file}:{source.line}
        {!own && (
          <span className="font-sans">
            {' '}
            {source.name}(), which the model tells as part of {tied.fn.name}()
          </span>
        )}
        {!source.whole && (
          <span className="font-sans text-danger">
            {' '}
            no closing brace was found: read up to the next function
          </span>
        )}
      </h3>
      {own && <Notes notes={tied.disagreements.filter(({ line }) => line === undefined)} />}
      <ol aria-label={`Lines of ${source.name}()`} className="py-1 font-mono text-xs">
        {rows.slice(0, mostLines).map((pieces, index) => {
          const line = source.line + index;
          const notes = own ? tied.disagreements.filter((one) => one.line === line) : [];
          return (
            <Fragment key={line}>
              <SourceLine
                id={rowId(source, line)}
                {...{ line, pieces }}
                lit={lit.lines.get(line)}
                dead={lit.dead.has(line)}
                hunk={changed.has(line)}
              />
              {notes.length > 0 && (
                <li>
                  <Notes notes={notes} />
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
      {rows.length > mostLines && (
        <p className="px-2 pb-2 text-xs text-ink-2">
          {rows.length - mostLines} more lines, up to {source.endLine}, are not shown.
        </p>
      )}
    </section>
  );
}

function Notes({ notes }: { readonly notes: readonly Disagreement[] }) {
  return notes.map(({ callee, by, words }) => (
    <p
      key={by + callee}
      className="my-0.5 ml-14 border-l-2 border-accent bg-part-ground px-2 py-0.5 font-sans text-xs text-ink"
    >
      <span aria-hidden="true" className="font-bold">
        ≠{' '}
      </span>
      {words}
    </p>
  ));
}
