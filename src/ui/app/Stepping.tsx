import { canStep } from '#session/derive.ts';
import { childrenOf, nodeOf, type Session } from '#session/session.ts';
import type { View } from '#session/derive.ts';
import { microBack, microForward, stepBack, stepForward } from '#session/steps.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { keyTable, shortcutsOf } from './keys.ts';

interface Props {
  readonly session: Session;
  readonly views: readonly View[];
  readonly dispatch: Dispatch;
}

/** What can be done from where the cursor stands. */
export function movesOf(session: Session): { readonly back: boolean; readonly step: boolean } {
  const { node, micro } = session.cursor;
  const onward = micro !== undefined || childrenOf(session, node).length > 0 || canStep(session, node);
  return { back: nodeOf(session, node).parent !== undefined, step: onward };
}

interface OperationProps {
  readonly moves: ReturnType<typeof movesOf>;
  readonly dispatch: Dispatch;
}

/** One operation back, one on. */
export function OperationButtons({ moves, dispatch }: OperationProps) {
  return (
    <>
      <Button
        off={!moves.back}
        shortcuts={shortcutsOf('back')}
        title={keyTable.back.title}
        onClick={() => dispatch(stepBack)}
      >
        <Kbd>{keyTable.back.shown}</Kbd> Back
      </Button>
      <Button
        tone="primary"
        off={!moves.step}
        shortcuts={shortcutsOf('step')}
        title={keyTable.step.title}
        onClick={() => dispatch(stepForward)}
      >
        Step <Kbd>{keyTable.step.shown}</Kbd>
      </Button>
    </>
  );
}

/** Move through the run: by operation, and by node of KVM code. */
export function Stepping({ session, views, dispatch }: Props) {
  const moves = movesOf(session);
  const { micro } = session.cursor;
  const total = Math.max(0, ...views.map(({ microSteps }) => microSteps));
  return (
    <div role="group" aria-label="Step" className="flex items-center gap-1">
      <OperationButtons moves={moves} dispatch={dispatch} />
      <Button
        off={!moves.back}
        label="Node back"
        shortcuts={shortcutsOf('nodeBack')}
        title={keyTable.nodeBack.title}
        onClick={() => dispatch(microBack)}
        className="ml-1"
      >
        <Kbd>{keyTable.nodeBack.shown}</Kbd>
      </Button>
      <span className="min-w-16 text-center font-mono text-2xs text-ink-3">
        {micro === undefined ? `${total} nodes` : `${micro} / ${total}`}
      </span>
      <Button
        off={!moves.step}
        label="Node forward"
        shortcuts={shortcutsOf('nodeForward')}
        title={keyTable.nodeForward.title}
        onClick={() => dispatch(microForward)}
      >
        <Kbd>{keyTable.nodeForward.shown}</Kbd>
      </Button>
    </div>
  );
}
