import type { Program } from '#program/types.ts';
import { headline } from '#trace/alignment-words.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { AlignmentView } from './AlignmentView.tsx';
import { AnswerBar } from './AnswerBar.tsx';
import { CursorStep } from './CursorStep.tsx';
import { KernelChoice } from './KernelChoice.tsx';
import type { OpenRecording } from './store.ts';
import { TakeStretch } from './TakeStretch.tsx';
import type { Held } from './useHeld.ts';

export interface ConformanceProps {
  readonly recording: OpenRecording;
  readonly held: Held;
  /** Open a program as a run on these kernels, at one of its steps. */
  readonly onOpenProgram: (program: Program, kernels: readonly string[], startStep: number) => void;
}

/** The recording held against the model: which kernel explains it, where it does not, and the step at the cursor. */
export function Conformance(props: ConformanceProps) {
  const { summary, look } = props.recording;
  return (
    <PanelFrame title="Conformance">
      <div className="flex flex-col gap-3 p-3 text-xs">
        {summary.events === 0 ? (
          <p className="text-ink-2">
            The recording has no event: there is nothing to hold against the model.
          </p>
        ) : (
          <>
            <Recognised {...props} />
            <KernelChoice {...props} />
            {look.kernel !== undefined && <OnKernel key={look.kernel} {...props} kernel={look.kernel} />}
          </>
        )}
      </div>
    </PanelFrame>
  );
}

/** Whether the events alone show a known bug. Where they do, the bar on top of the page tells more. */
function Recognised({ recording: { summary }, held: { findings } }: ConformanceProps) {
  const { value } = findings;
  if (!value) return <AnswerBar answer={findings} doing="Looking for known bugs" bytes={summary.textBytes} />;
  return value.count === 0 ? (
    <p className="text-ink-2">The events show no bug that is known by its traces.</p>
  ) : null;
}

function OnKernel(props: ConformanceProps & { readonly kernel: string }) {
  const { recording, held, kernel } = props;
  const { value } = held.alignment;
  return (
    <>
      <p className="text-base font-semibold text-ink">{value ? headline(value) : `Held against ${kernel}`}</p>
      <AnswerBar answer={held.alignment} doing="Aligning" bytes={recording.summary.textBytes} />
      {value && (
        <>
          <AlignmentView cursor={recording.look.cursor} alignment={value} />
          <CursorStep recording={recording} alignment={value} />
          <TakeStretch {...props} />
        </>
      )}
    </>
  );
}
