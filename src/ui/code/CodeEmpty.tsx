import type { View } from '#session/derive.ts';
import { labelOf } from '#session/possible.ts';
import { stepForward } from '#session/steps.ts';
import type { Dispatch } from '../panels.ts';

interface Props {
  readonly views: readonly View[];
  readonly focus: number;
  readonly dispatch: Dispatch;
}

/** Say what → will do, where nothing has run yet. */
export function CodeEmpty({ views, focus, dispatch }: Props) {
  const next = (views[focus] ?? views[0])?.next;
  if (!next || next.kind === 'stop') {
    return (
      <p className="p-4 text-sm text-ink-2">
        Nothing has run, and nothing comes next{next ? `: ${next.why}` : ''}.
      </p>
    );
  }
  const who = next.kind === 'guest' ? next.actor : 'userspace';
  return (
    <div className="flex flex-col items-start gap-3 p-4 text-sm text-ink-2">
      <p>
        Nothing has run yet. <kbd className="rounded border border-line-strong px-1 font-mono text-xs">→</kbd>{' '}
        executes <code className="font-mono font-semibold text-ink">{labelOf(next.op)}</code> in {who}. Then
        this panel shows the functions of KVM that run, the tests that they make and how each comes out,
        kernel beside kernel.
      </p>
      <button
        type="button"
        className="rounded border border-line-strong bg-panel px-3 py-1 text-sm text-ink hover:border-accent"
        onClick={() => dispatch(stepForward)}
      >
        Execute <code className="font-mono">{labelOf(next.op)}</code>
      </button>
    </div>
  );
}
