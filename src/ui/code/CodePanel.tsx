import { lazy, Suspense, useState } from 'react';
import type { Actor } from '#program/types.ts';
import { standingOf } from '#scenarios/talks.ts';
import { above, codeView, type CodeView } from '#session/code-view.ts';
import type { Density } from '#session/page-look.ts';
import type { PageLook } from '#session/page-look.ts';
import { labelOf } from '#session/possible.ts';
import { microTo } from '#session/steps.ts';
import type { PanelProps } from '../panels.ts';
import { useHunkRows } from '../patch/store.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { SourceSwitch } from '../source/SourceSwitch.tsx';
import { useOpenSource } from '../source/store.ts';
import { CodeControls } from './CodeControls.tsx';
import { CodeEmpty } from './CodeEmpty.tsx';
import { CodeLegend } from './CodeLegend.tsx';
import { CodeSummary } from './CodeSummary.tsx';
import { CodeTable } from './CodeTable.tsx';
import { lookAt, useLook } from './look.ts';
import { useTable } from './useTable.ts';

const SourceView = lazy(async () => ({ default: (await import('../source/SourceView.tsx')).SourceView }));

const actors: Readonly<Record<Actor, string>> = {
  L1: 'text-l1',
  L2: 'text-l2',
  SMM: 'text-smm',
  userspace: 'text-userspace',
};

interface Props extends PanelProps {
  readonly density: Density;
  readonly onLook: (change: Partial<PageLook>) => void;
}

/** Show the code that the operation at the cursor ran, kernel beside kernel, and where the kernels part. */
export function CodePanel({ session, views, dispatch, focus, onFocus, density, onLook }: Props) {
  const code = codeView(views);
  const ran = code.columns.some(({ made, idle }) => made ?? idle);
  const op = code.columns[focus]?.made?.step ?? code.columns.find(({ made }) => made)?.made?.step;
  const title = op && (
    <p className="min-w-0 truncate text-xs text-ink-2">
      <code className="font-mono font-semibold text-ink">{labelOf(op.op)}</code> by{' '}
      <span className={`font-semibold ${actors[op.actor]}`}>{op.actor}</span>
    </p>
  );
  return (
    <PanelFrame
      title="Code"
      aside={
        <div className="flex min-w-0 items-center gap-2">
          <SourceSwitch />
          {title}
        </div>
      }
    >
      {ran ? (
        <CodeOfOperation
          code={code}
          session={session}
          dispatch={dispatch}
          focus={focus}
          onFocus={onFocus}
          density={density}
          onDensity={(chosen) => onLook({ density: chosen })}
        />
      ) : (
        <CodeEmpty views={views} focus={focus} dispatch={dispatch} />
      )}
    </PanelFrame>
  );
}

interface OperationProps extends Omit<PanelProps, 'views'> {
  readonly code: CodeView;
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
}

function CodeOfOperation({ code, session, dispatch, focus, onFocus, density, onDensity }: OperationProps) {
  const [search, setSearch] = useState('');
  const standing = standingOf(session);
  const hunkRows = useHunkRows();
  const about = standing?.here ? standing.stop.about : undefined;
  const [look, change] = useLook(code, focus, about, hunkRows);
  const table = useTable(code, session.cursor, focus, { folds: look.folds, density, search, hunkRows });
  const { compared, shown, folded } = table;
  const source = useOpenSource();
  const column = code.columns[focus] ?? code.columns[0];
  if (source?.shown && column) {
    const active = code.rows.find(({ id }) => id === look.active);
    // What this kernel does not have, or skipped, stands under something that it ran.
    const outer = active ? [active, ...above(code.rows, active)] : [];
    const selected = outer.map(({ cells }) => cells[focus]?.micro).find((micro) => micro !== undefined);
    return (
      <Suspense>
        <SourceView column={column} cursor={session.cursor} selected={selected} />
      </Suspense>
    );
  }
  const go = (index: number): void => {
    setSearch('');
    change(lookAt(code, look, index));
  };
  return (
    <div className="@container flex min-h-0 flex-col text-ink md:h-full">
      <CodeSummary columns={code.columns} compared={compared} focus={focus} onGo={go} dispatch={dispatch} />
      <CodeControls
        density={density}
        onDensity={(chosen) => {
          onDensity(chosen);
          change({ goal: { id: look.active, focus: false } });
        }}
        search={search}
        onSearch={setSearch}
        shown={shown.rows.length}
        total={code.rows.length}
      />
      <CodeTable
        code={code}
        {...table}
        {...look}
        focus={focus}
        hunkRows={hunkRows}
        onFocus={onFocus}
        onFold={(id) => change({ folds: new Map(look.folds).set(id, !folded.has(id)), active: id })}
        onActive={(active) => change({ active })}
        onOpen={(open) => change({ open })}
        onMicro={(micro) => dispatch((now) => microTo(now, micro))}
      />
      <CodeLegend />
    </div>
  );
}
