import { Dialog } from '../shared/Dialog.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { keyEntries, keyGroups } from './keys.ts';

interface Props {
  readonly onClose: () => void;
}

/** List every key of the page. */
export function KeySheet({ onClose }: Props) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div className="grid gap-x-6 gap-y-4 p-3 sm:grid-cols-2">
        {keyGroups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-xs font-semibold text-ink-2">{group}</h3>
            <dl className="grid grid-cols-[6rem_1fr] items-center gap-y-1 text-xs">
              {keyEntries
                .filter((entry) => entry.group === group)
                .map(({ shown, title }) => (
                  <div key={shown} className="contents">
                    <dt>
                      <Kbd>{shown}</Kbd>
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
              <Kbd>↑ ↓</Kbd>
              <span className="sr-only">Up and down</span>
            </dt>
            <dd>Move along a list of controls</dd>
            <dt>
              <Kbd>Esc</Kbd>
              <span className="sr-only">Escape</span>
            </dt>
            <dd>Close a dialog, clear a search</dd>
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
