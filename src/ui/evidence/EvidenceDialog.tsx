import type { StepRun } from '#program/runner.ts';
import type { Evidence } from '#session/evidence.ts';
import { labelOf } from '#session/possible.ts';
import type { Dispatch } from '../panels.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { OtherKernel } from './OtherKernel.tsx';
import { OtherState } from './OtherState.tsx';
import { RecordingView } from './RecordingView.tsx';

interface Props {
  readonly made: StepRun;
  readonly evidence: Evidence;
  readonly dispatch: Dispatch;
  readonly onClose: () => void;
}

/** Show what was recorded of a step beside what the model does, or say what was not. */
export function EvidenceDialog({ made, evidence, dispatch, onClose }: Props) {
  const kernel = made.before.kernel.id;
  const change: Dispatch = (update) => {
    dispatch(update);
    onClose();
  };
  return (
    <Dialog title={`${labelOf(made.step.op)} on ${kernel}`} onClose={onClose}>
      {evidence.kind === 'recorded' && <RecordingView kernel={kernel} recording={evidence.recording} />}
      {evidence.kind === 'other-state' && (
        <OtherState made={made} nearest={evidence.nearest} dispatch={change} />
      )}
      {evidence.kind === 'other-kernel' && (
        <OtherKernel
          kernel={made.before.kernel}
          recorded={evidence.recorded}
          nearest={evidence.nearest}
          dispatch={change}
        />
      )}
    </Dialog>
  );
}
