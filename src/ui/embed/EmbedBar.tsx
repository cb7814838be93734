import { wholePage } from '#browser/frames.ts';
import type { PageLook } from '#session/page-look.ts';
import { linkOf } from '#share/link.ts';
import { movesOf, OperationButtons } from '../app/Stepping.tsx';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';

interface Props extends PanelProps {
  readonly look: PageLook;
}

/** What runs, on which kernels, the ways to move, and the way to the whole page. */
export function EmbedBar({ session, dispatch, focus, onFocus, look }: Props) {
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
        <OperationButtons moves={movesOf(session)} dispatch={dispatch} />
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
