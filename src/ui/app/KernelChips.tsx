import { hasRoom, removeKernel } from '#session/columns.ts';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import { keyWorks } from '../settings/single-keys.ts';
import { useSingleKeys } from '../settings/store.ts';
import { Kbd } from '../shared/Kbd.tsx';
import { keyTable, shortcutsOf } from './keys.ts';

interface Props extends Pick<PanelProps, 'session' | 'dispatch' | 'focus' | 'onFocus'> {
  readonly onAdd: () => void;
}

/** The chosen kernels: pick the one whose state is shown, take one away, add one. */
export function KernelChips({ session, dispatch, focus, onFocus, onAdd }: Props) {
  const singleKeys = useSingleKeys();
  return (
    <div role="group" aria-label="Kernels" className="flex flex-wrap items-center gap-1 xl:flex-nowrap">
      {session.kernels.map((id, index) => (
        <span
          key={id}
          className={classes(
            'inline-flex h-7 items-center rounded-sm border',
            index === focus ? 'border-accent bg-accent-ground' : 'border-line bg-panel',
          )}
        >
          <button
            type="button"
            aria-pressed={index === focus}
            aria-keyshortcuts={keyWorks(String(index + 1), singleKeys) ? String(index + 1) : undefined}
            title={`Show the state of ${id}`}
            onClick={() => onFocus(index)}
            className={classes(
              'flex h-full cursor-pointer items-center gap-1 rounded-sm py-0 pr-0.5 pl-1.5 font-mono text-xs whitespace-nowrap',
              index === focus ? 'font-semibold text-accent' : 'text-ink',
            )}
          >
            <Kbd>{String(index + 1)}</Kbd>
            {id}
          </button>
          {session.kernels.length > 1 && (
            <button
              type="button"
              aria-label={`Remove ${id}`}
              title={`Remove ${id}`}
              onClick={() => dispatch((now) => removeKernel(now, id))}
              className="h-full min-w-6 cursor-pointer rounded-sm px-1 text-xs text-ink-3 hover:text-ink pointer-coarse:px-2.5"
            >
              ×
            </button>
          )}
        </span>
      ))}
      <Button
        opens="dialog"
        label="Choose kernels"
        title={
          hasRoom(session) ? keyTable.kernels.title : 'Four kernels are shown; remove one to add another'
        }
        shortcuts={shortcutsOf('kernels')}
        onClick={onAdd}
        className="px-1.5!"
      >
        + <Kbd>{keyTable.kernels.shown}</Kbd>
      </Button>
    </div>
  );
}
