import type { Session } from '#session/session.ts';
import { Notice } from './Notice.tsx';
import { UpdateNotice } from './UpdateNotice.tsx';
import type { Editing } from './useEditing.ts';

interface Props {
  readonly editing: Editing;
  readonly previous: Session | undefined;
  /** This window is one of a talk: nothing interrupts it. */
  readonly inTalk: boolean;
  readonly onOpen: (session: Session) => void;
}

/**
 * Say that another program runs now, with the way back; why a file could not be loaded; that the
 * page can be had newer, but for the editor's time: what is written in it would not outlive the reload.
 */
export function EditingNotices({ editing, previous, inTalk, onOpen }: Props) {
  const { left, refused, dismiss } = editing;
  return (
    <>
      {!editing.isOpen && !inTalk && <UpdateNotice />}
      {refused !== undefined && <Notice onDismiss={dismiss}>{refused}</Notice>}
      {left !== undefined && left.session === previous && (
        <Notice
          action={{ label: 'Back to the previous program', onClick: () => onOpen(left.session) }}
          onDismiss={dismiss}
        >
          {`${left.for} runs now, from its beginning.`}
        </Notice>
      )}
    </>
  );
}
