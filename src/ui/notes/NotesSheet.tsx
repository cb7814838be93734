import { useEffect, useRef, type KeyboardEvent } from 'react';

import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { StopFields } from './StopFields.tsx';
import { StopList } from './StopList.tsx';
import { useNotes } from './useNotes.ts';

export interface NotesProps {
  readonly session: Session;
  readonly views: readonly View[];
  readonly dispatch: Dispatch;
  readonly onStop: (index: number) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onClose: () => void;
}

/** Write the notes of a talk, stop by stop, while the page beside them can be stepped. */
export function NotesSheet(props: NotesProps) {
  const { session, views, onStop, onClose } = props;
  const notes = useNotes(props);
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const written = sheet.current?.querySelector<HTMLElement>('textarea');
    (written ?? sheet.current?.querySelector<HTMLElement>('input'))?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    // The keys of what is inside, on their way up.
    <div ref={sheet} role="presentation" onKeyDown={onKeyDown} className="h-full min-h-0">
      <PanelFrame
        title="Notes"
        aside={
          <Button tone="quiet" label="Close the notes" onClick={onClose} className="h-6!">
            × <Kbd>Esc</Kbd>
          </Button>
        }
      >
        <div
          role="group"
          aria-label="Talk file"
          className="flex flex-wrap gap-1 border-b border-line px-2 py-1"
        >
          <Button onClick={() => void notes.open()} title="Or drop a file anywhere on the page">
            Open file…
          </Button>
          <Button off={notes.talk.stops.length === 0} onClick={notes.save}>
            Save as JSON…
          </Button>
          {session.talk !== undefined && session.scenario !== undefined && (
            <Button onClick={notes.startOver} title="Leave this talk">
              The scenario’s own notes
            </Button>
          )}
        </div>
        <label className="block px-2 pt-1.5 text-2xs font-semibold text-ink-2">
          Title of the talk
          <input
            value={notes.talk.title}
            maxLength={200}
            onChange={({ target }) => notes.rename(target.value)}
            className="mt-0.5 block h-7 w-full rounded-sm border border-line bg-panel px-2 text-xs font-normal text-ink max-md:text-[1rem]"
          />
        </label>
        <StopList notes={notes} onStop={onStop} />
        {notes.stop && (
          <StopFields key={notes.index} notes={notes} stop={notes.stop} {...{ session, views }} />
        )}
      </PanelFrame>
    </div>
  );
}
