import { useCallback, useMemo, useState } from 'react';

import { caseSession, type CaseEntry } from '#session/conformance.ts';
import type { Session } from '#session/session.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { AddRecording } from './AddRecording.tsx';
import { CaseTable } from './CaseTable.tsx';
import { Glyph } from './Glyph.tsx';
import { shippedOrigin } from './origin.ts';
import { caseKey, useConformance, type Conformance } from './useConformance.ts';

interface Props {
  /** Another run instead of this one. */
  readonly onOpen: (session: Session) => void;
  readonly onClose: () => void;
}

/** Run the model over every recorded case and show how it fares; any of them can be opened as a run. */
export function ConformanceDialog({ onOpen, onClose }: Props) {
  const conformance = useConformance();
  const { recordings, entries, results } = conformance;
  const [search, setSearch] = useState('');
  const [differing, setDiffering] = useState(false);
  const open = useCallback(
    (name: string, kernel: string) => {
      if (!recordings) return;
      onOpen(caseSession(recordings, name, kernel));
      onClose();
    },
    [recordings, onOpen, onClose],
  );
  const shown = useShown(conformance, search, differing);

  return (
    <Dialog title="Evidence: every recorded case" onClose={onClose}>
      <div className="flex flex-col gap-3 p-3 text-xs text-ink-2">
        <Headline conformance={conformance} />
        <p>
          Each case is a program that {shippedOrigin} ran, with the functions that it entered and the state
          after each step. The model runs them all here, now. Choose a field to open it.
        </p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <input
            type="search"
            aria-label="Find a case"
            placeholder="Find a case"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="h-7 min-w-0 flex-1 basis-40 rounded-sm border border-line-strong bg-panel px-2 text-xs text-ink placeholder:text-ink-3"
          />
          <label className="flex cursor-pointer items-center gap-1.5">
            <input
              type="checkbox"
              checked={differing}
              onChange={(event) => setDiffering(event.target.checked)}
              className="accent-accent"
            />
            Only those that differ
          </label>
          <span className="text-2xs text-ink-3 tabular-nums">
            {shown.length} of {entries.length} programs
          </span>
        </div>
        <Legend />
        <CaseTable entries={shown} results={results} onOpen={open} />
        <AddRecording />
      </div>
    </Dialog>
  );
}

/** The programs that the visitor looks for; the same list as long as these are the same. */
function useShown(
  { entries, results }: Conformance,
  search: string,
  differing: boolean,
): readonly CaseEntry[] {
  const needle = search.trim().toLowerCase();
  const found = useMemo(
    () => entries.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(needle)),
    [entries, needle],
  );
  if (!differing) return found;
  return found.filter(({ name, kernels }) =>
    kernels.some((kernel) => results.get(caseKey(name, kernel))?.verdict.problems.length),
  );
}

/** Say what the fields of the table show. */
function Legend() {
  return (
    <p className="-mb-2 flex flex-wrap gap-x-3 text-2xs text-ink-3">
      <span className="inline-flex items-center gap-1">
        <Glyph name="agrees" /> agrees
      </span>
      <span className="inline-flex items-center gap-1">
        <Glyph name="differs" /> differs
      </span>
      <span>· not run yet</span>
      <span>– not recorded</span>
    </p>
  );
}

function headlineOf({ state, results, agreed, total }: Conformance): string {
  const done = results.size;
  const differ = done - agreed;
  switch (state) {
    case 'failed':
      return 'The recordings could not be loaded or run.';
    case 'done':
      return `Conformance: ${agreed} of ${total} cases agree`;
    case 'stopped':
      return `Stopped after ${done} of ${total} cases: ${agreed} agree`;
    case 'running':
      return `Running: ${done} of ${total} cases, ${differ === 0 ? 'none differs so far' : `${differ} differ`}`;
  }
}

function Headline({ conformance }: { readonly conformance: Conformance }) {
  const { state, results, total, tally, start, stop } = conformance;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="flex-1 text-base font-semibold text-ink tabular-nums">{headlineOf(conformance)}</p>
        {state === 'running' ? (
          <Button onClick={stop}>Stop</Button>
        ) : (
          <Button onClick={start}>Run again</Button>
        )}
      </div>
      <progress
        aria-label="Cases run"
        value={results.size}
        max={Math.max(total, 1)}
        className="h-1 w-full appearance-none overflow-hidden rounded-xs bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
      />
      <p className="min-h-4 font-mono text-2xs text-ink-3 tabular-nums">{tally}</p>
      <p role="status" className="sr-only">
        {state === 'running' ? '' : headlineOf(conformance)}
      </p>
    </div>
  );
}
