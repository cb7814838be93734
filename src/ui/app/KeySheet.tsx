import { Dialog } from '../shared/Dialog.tsx';
import { classes } from '../shared/classes.ts';
import { Kbd } from '../shared/Kbd.tsx';
import { useIsRecordingShown } from '../recording/store.ts';
import { keyWorks } from '../settings/single-keys.ts';
import { useSingleKeys } from '../settings/store.ts';
import { keyEntries, keyGroups } from './keys.ts';

interface Props {
  readonly onClose: () => void;
}

/** List every key of the page. */
export function KeySheet({ onClose }: Props) {
  const singleKeys = useSingleKeys();
  const groups = useGroups();
  return (
    <Dialog title="Keys" onClose={onClose}>
      {!singleKeys && (
        <p className="border-b border-line bg-raised px-3 py-2 text-xs">
          Single keys are switched off: of these only those with a modifier work, and PgUp and PgDn. The
          settings switch them on again.
        </p>
      )}
      <div className="grid gap-x-6 gap-y-4 p-3 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-xs font-semibold text-ink-2">{group}</h3>
            <dl className="grid grid-cols-[6rem_1fr] items-center gap-y-1 text-xs">
              {keyEntries
                .filter((entry) => entry.group === group)
                .map(({ keys, shown, title }) => (
                  <div
                    key={shown}
                    className={classes(
                      'contents',
                      !keyWorks(keys[0] ?? '', singleKeys) && 'text-ink-3 line-through',
                    )}
                  >
                    <dt>
                      <Kbd always>{shown}</Kbd>
                      <span className="sr-only">{shown}</span>
                    </dt>
                    <dd>{title}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section aria-label="Within a panel">
          <h3 className="mb-1 text-xs font-semibold text-ink-2">Within a panel</h3>
          <dl className="grid grid-cols-[6rem_1fr] items-center gap-y-1 text-xs">
            <dt>
              <Kbd always>↑ ↓</Kbd>
              <span className="sr-only">Up and down</span>
            </dt>
            <dd>Move along a list of controls</dd>
            <dt>
              <Kbd always>← ↑ → ↓</Kbd>
              <span className="sr-only">All arrow keys</span>
            </dt>
            <dd>On the chart: to the next state that way; in lanes: along the operations</dd>
            <dt>
              <Kbd always>Esc</Kbd>
              <span className="sr-only">Escape</span>
            </dt>
            <dd>Close a dialog, clear a search</dd>
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

/** The groups in order: where a recording is shown, its keys are what one looks for. */
function useGroups(): readonly (typeof keyGroups)[number][] {
  const isReplaying = useIsRecordingShown();
  return isReplaying ? ['Recording', ...keyGroups.filter((group) => group !== 'Recording')] : keyGroups;
}
