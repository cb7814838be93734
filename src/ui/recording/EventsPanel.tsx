import type { KeyActions } from '../app/keys.ts';
import { EventDetails } from './EventDetails.tsx';
import { EventList } from './EventList.tsx';
import { JumpButtons } from './JumpButtons.tsx';
import type { Mark } from './marks.ts';
import { SearchBar } from './SearchBar.tsx';
import type { OpenRecording } from './store.ts';
import type { Events } from './useEvents.ts';
import type { useEventRows } from './useEventRows.ts';

interface Props {
  readonly recording: OpenRecording;
  readonly events: Events;
  readonly actions: KeyActions;
  readonly rows: ReturnType<typeof useEventRows>;
  readonly marks: readonly Mark[];
  readonly onSeen: (events: readonly number[]) => void;
}

/** The events of the recording: a search, the ways through them, the list, and the chosen one. */
export function EventsPanel({ recording, events, actions, rows, marks, onSeen }: Props) {
  const { look } = recording;
  return (
    <section aria-label="Events" className="flex h-full min-h-0 min-w-0 flex-col bg-panel">
      <h2 className="sr-only">Events</h2>
      <SearchBar look={look} events={events} />
      <JumpButtons actions={actions} />
      {rows.failure !== undefined && (
        <p role="alert" className="border-b border-line bg-danger-ground px-2 py-1 text-xs text-danger">
          {rows.failure}
        </p>
      )}
      <EventList recording={recording} events={events} rows={rows} marks={marks} onSeen={onSeen} />
      <EventDetails recording={recording} row={rows.rowAt(look.cursor)} />
    </section>
  );
}
