import { stepBack, stepForward } from '#session/steps.ts';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { shortcutsOf } from './keys.ts';
import { movesOf } from './Stepping.tsx';

/** On a phone: what the thumb needs, whatever tab is open. */
export function BottomBar({ session, views, dispatch, focus, onFocus }: PanelProps) {
  const moves = movesOf(session);
  const next = (focus + 1) % views.length;
  return (
    <footer className="shrink-0 border-t border-line bg-panel px-2 py-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))]">
      <div role="group" aria-label="Step" className="flex items-center gap-2">
        <Button
          off={!moves.back}
          shortcuts={shortcutsOf('back')}
          onClick={() => dispatch(stepBack)}
          className="h-10! flex-1 justify-center"
        >
          ← Back
        </Button>
        <Button
          tone="primary"
          off={!moves.step}
          shortcuts={shortcutsOf('step')}
          onClick={() => dispatch(stepForward)}
          className="h-10! flex-2 justify-center"
        >
          Step →
        </Button>
        <Button
          off={views.length < 2}
          label={`Kernel shown: ${views[focus]?.kernel ?? ''}`}
          onClick={() => onFocus(next)}
          className="h-10! flex-1 justify-center font-mono"
        >
          {views[focus]?.kernel}
        </Button>
      </div>
    </footer>
  );
}
