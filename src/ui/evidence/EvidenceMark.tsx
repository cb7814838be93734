import { useState } from 'react';

import type { StepRun } from '#program/runner.ts';
import { evidenceWords } from '#session/evidence-words.ts';
import type { Dispatch } from '../panels.ts';
import { classes } from '../shared/classes.ts';
import { EvidenceDialog } from './EvidenceDialog.tsx';
import { Glyph, type GlyphName } from './Glyph.tsx';
import { useEvidence, type Sought } from './useEvidence.ts';

interface Props {
  readonly made: StepRun;
  /** Several kernels share the line: say which one is meant. */
  readonly named: boolean;
  readonly dispatch: Dispatch;
}

interface Look {
  readonly glyph: GlyphName;
  readonly tone: string;
  readonly hint: string;
}

const quiet = 'border-transparent text-ink-3 hover:border-line-strong';

function lookOf(sought: Exclude<Sought, string>): Look {
  switch (sought.kind) {
    case 'recorded':
      return {
        ...(sought.recording.agrees
          ? { glyph: 'agrees', tone: 'border-line text-ink-2' }
          : { glyph: 'differs', tone: 'border-danger text-danger' }),
        hint: 'Show the recording beside the model',
      };
    case 'other-state':
      return { glyph: 'none', tone: quiet, hint: 'Show what the nearest recording has otherwise' };
    case 'other-kernel':
      return {
        glyph: 'none',
        tone: quiet,
        hint: `Nearest by its patches: ${sought.nearest.map(({ id }) => id).join(', ')}`,
      };
  }
}

/** Say whether a real kernel was recorded doing this step, and open what was recorded. */
export function EvidenceMark({ made, named, dispatch }: Props) {
  const sought = useEvidence(made);
  const [open, setOpen] = useState(false);
  const { id } = made.before.kernel;
  const whose = named && <span className="font-mono">{id}:</span>;
  if (typeof sought === 'string') {
    return (
      // Most are found within a frame or two: only what takes longer is said to take time.
      <span className="inline-flex items-center gap-1 border border-transparent px-1 align-[-1px] text-2xs text-ink-3 transition-opacity delay-300 starting:opacity-0">
        {whose} {sought === 'failed' ? 'the recordings could not be loaded' : 'looking for a recording …'}
      </span>
    );
  }
  const { glyph, tone, hint } = lookOf(sought);
  const words = evidenceWords(sought);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`${id}: ${words}`}
        title={hint}
        onClick={() => setOpen(true)}
        className={classes(
          'mr-1 inline-flex cursor-pointer items-center gap-1 rounded-sm border px-1 text-left align-[-1px] text-2xs hover:border-accent hover:text-ink',
          tone,
        )}
      >
        <Glyph name={glyph} />
        {whose}
        {words}
      </button>
      {open && (
        <EvidenceDialog made={made} evidence={sought} dispatch={dispatch} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
