import { useState } from 'react';

import { present } from '#base/assert.ts';
import { branchesOf, type Branch } from '#session/branch-list.ts';
import { labelOf } from '#session/possible.ts';
import { moveTo, nameBranch } from '#session/session.ts';
import type { View } from '#session/derive.ts';
import type { PanelProps } from '../panels.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { BranchTree } from './BranchTree.tsx';
import { LanesView } from './LanesView.tsx';
import { positionOf } from './position.ts';

/** Show the run so far as a sequence diagram, with a scrubber, and the other ways that were tried. */
export function LanesPanel({ session, views, dispatch, focus }: PanelProps) {
  const focused = present(views[focus] ?? views[0], 'a kernel');
  const branches = branchesOf(session, focused.kernel);
  const [compared, setCompared] = useState<number>();
  const current = present(
    branches.find((branch) => branch.current),
    'a current branch',
  );
  const other = branches.find(({ end }) => end === compared && end !== current.end);
  const goTo = (node: number): void => {
    // Going over to the branch that is compared with, compare with the one that was left.
    if (other && node > 0 && branches.find(({ end }) => end === node)?.end === other.end)
      setCompared(current.end);
    dispatch((now) => moveTo(now, { node }));
  };
  return (
    <PanelFrame
      title="Lanes"
      aside={
        <Aside kernel={focused.kernel} branches={branches} compared={other?.end} onCompare={setCompared} />
      }
    >
      <div className="flex h-full min-h-0 flex-col">
        {branches.length > 1 && (
          <BranchTree
            branches={branches}
            position={positionOf(session)}
            onReturn={goTo}
            onName={(end, name) => dispatch((now) => nameBranch(now, end, name))}
          />
        )}
        {current.operations === 0 ? (
          <Empty next={focused.next} />
        ) : (
          <LanesView
            session={session}
            kernel={focused.kernel}
            dispatch={dispatch}
            other={other}
            onOther={(node) => {
              setCompared(current.end);
              dispatch((now) => moveTo(now, { node }));
            }}
          />
        )}
      </div>
    </PanelFrame>
  );
}

function Empty({ next }: { readonly next: View['next'] }) {
  return (
    <p className="p-3 text-xs text-ink-2">
      Nothing executed yet.{' '}
      {next.kind === 'stop' ? (
        `The program cannot go on: ${next.why}.`
      ) : (
        <>
          → executes <span className="font-mono font-semibold text-ink">{labelOf(next.op)}</span>.
        </>
      )}
    </p>
  );
}

interface AsideProps {
  readonly kernel: string;
  readonly branches: readonly Branch[];
  readonly compared: number | undefined;
  readonly onCompare: (end: number | undefined) => void;
}

function Aside({ kernel, branches, compared, onCompare }: AsideProps) {
  return (
    <div className="flex min-w-0 flex-1 items-center justify-end gap-3 text-2xs text-ink-3">
      {branches.length > 1 && (
        <label className="flex min-w-0 items-center gap-1">
          <span className="shrink-0">
            Compare with<span className="sr-only"> branch</span>
          </span>
          <select
            value={compared ?? ''}
            onChange={({ target }) => onCompare(target.value === '' ? undefined : Number(target.value))}
            className="h-5 max-w-44 min-w-0 rounded-sm border border-line bg-panel px-1 font-mono text-2xs text-ink"
          >
            <option value="">none</option>
            {branches
              .filter(({ current }) => !current)
              .map(({ end, label }) => (
                <option key={end} value={end}>
                  {label}
                </option>
              ))}
          </select>
        </label>
      )}
      <span className="shrink-0">
        run on <span className="font-mono text-ink">{kernel}</span>
      </span>
    </div>
  );
}
