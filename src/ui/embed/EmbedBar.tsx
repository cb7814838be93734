import { wholePage } from '#browser/frames.ts';
import type { PageLook } from '#session/page-look.ts';
import { stepBack, stepForward } from '#session/steps.ts';
import { linkOf } from '#share/link.ts';
import { keyTable, shortcutsOf } from '../app/keys.ts';
import { movesOf } from '../app/Stepping.tsx';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';

interface Props extends PanelProps {
  readonly look: PageLook;
}

/** What runs, on which kernels, the ways to move, and the way to the whole page. */
export function EmbedBar({ session, dispatch, focus, onFocus, look }: Props) {
  const moves = movesOf(session);
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-panel px-2 py-1">
      <h1 className="min-w-24 flex-1 truncate text-xs font-semibold" title={session.program.title}>
        {session.program.title}
      </h1>
      <div role="group" aria-label="Kernels" className="flex gap-1">
        {session.kernels.map((id, index) => (
          <Button
            key={id}
            pressed={index === focus}
            title={`Show the state of ${id}`}
            onClick={() => onFocus(index)}
            className="font-mono"
          >
            {id}
          </Button>
        ))}
      </div>
      <div role="group" aria-label="Step" className="flex gap-1">
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
      </div>
      <a
        href={linkOf({ session, look }, wholePage())}
        target="_blank"
        rel="noopener"
        className="inline-flex h-7 items-center text-xs text-accent underline"
      >
        Open in svmscope
      </a>
    </header>
  );
}
