import { eventWords } from '#trace/event-words.ts';
import type { EventRow, Told } from '#trace/questions.ts';
import { learned, learnedWords, untold } from './told-words.ts';

interface Props {
  readonly told: Told;
  readonly before: Told;
  readonly row: EventRow | undefined;
}

/** Say in words what the event at the cursor is, what it told, and what is left unknown. */
export function ReplayStrip({ told, before, row }: Props) {
  const changes = learned(told, before);
  const unknown = untold(told);
  if (!row) return <p className="text-ink-3">…</p>;
  return (
    <>
      <p className="truncate text-ink-2">
        <span className="font-mono font-semibold text-ink">{row.event.name}</span>{' '}
        <span className="font-mono">{eventWords(row.event)}</span>
      </p>
      {changes.length === 0 ? (
        <p className="text-ink-2">It tells nothing new of the vCPU.</p>
      ) : (
        <ul aria-label="Told by this event" className="flex flex-wrap gap-x-3">
          {changes.map((change) => (
            <li key={change.region} className="font-mono whitespace-nowrap text-ink">
              <span className="text-ink-3">{change.region}</span> {learnedWords(change)}
            </li>
          ))}
        </ul>
      )}
      {unknown.length > 0 && (
        <p className="text-ink-3">
          {told.run === 'userspace' && 'Ioctls may change it now, and leave no event. '}
          Not told: <span className="font-mono">{unknown.join(', ')}</span>, registers.
        </p>
      )}
    </>
  );
}
