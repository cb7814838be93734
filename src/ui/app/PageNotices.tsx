import type { Session } from '#session/session.ts';
import { Notice } from './Notice.tsx';
import type { AppAction } from './state.ts';
import type { usePlaces } from './usePlaces.ts';

interface Props {
  readonly places: ReturnType<typeof usePlaces>;
  /** Something that the visitor should know once. */
  readonly notice: string | undefined;
  readonly previous: Session | undefined;
  /** That a link was copied. */
  readonly copied: string | undefined;
  readonly act: (action: AppAction) => void;
}

/** Say what the page has to tell; that the run came by a link, with the way back to the visitor's own; and that a link was copied. */
export function PageNotices({ places: { left, open, dismiss }, notice, previous, copied, act }: Props) {
  return (
    <>
      {notice !== undefined && <Notice onDismiss={() => act({ type: 'dismiss' })}>{notice}</Notice>}
      {left !== undefined && left === previous && (
        <Notice action={{ label: 'Back to your own run', onClick: () => open(left) }} onDismiss={dismiss}>
          This run came with the link.
        </Notice>
      )}
      {copied !== undefined && (
        // Said to screen readers by the announcer.
        <p
          aria-hidden="true"
          className="pointer-events-none fixed inset-x-0 bottom-16 z-20 mx-auto w-fit max-w-[calc(100vw-1rem)] rounded-sm border border-line-strong bg-raised px-3 py-1.5 text-xs text-ink shadow-lg"
        >
          {copied}
        </p>
      )}
    </>
  );
}
