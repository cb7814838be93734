import { figure } from '#base/figures.ts';
import { timeText } from '#trace/event-words.ts';
import type { EventRow } from '#trace/questions.ts';
import { laneMarks } from './lane-marks.ts';

/** Pages of a recording, by the keys that turn them. */
const pages = 100;

/** Where a key leads from an event; undefined: the key is none of the scrubber's. */
export function cursorBy(key: string, cursor: number, events: number): number | undefined {
  const page = Math.max(1, Math.round(events / pages));
  const to: Readonly<Record<string, number>> = {
    ArrowLeft: cursor - 1,
    ArrowDown: cursor - 1,
    ArrowRight: cursor + 1,
    ArrowUp: cursor + 1,
    PageDown: cursor - page,
    PageUp: cursor + page,
    Home: 0,
    End: events - 1,
  };
  const asked = to[key];
  return asked === undefined ? undefined : within(asked, events);
}

/** The event at a share of the recording's length. */
export const cursorAt = (share: number, events: number): number => within(Math.floor(share * events), events);

const within = (cursor: number, events: number): number => Math.max(0, Math.min(events - 1, cursor));

/** A place in words: `event 12,345 of 1,000,000, 17.770000 s, L2`. */
export function cursorWords(cursor: number, events: number, row: EventRow | undefined): string {
  const place = `event ${figure(cursor + 1)} of ${figure(events)}`;
  if (row?.index !== cursor) return place;
  const time = timeText(row.event.time);
  return [place, time && `${time} s`, laneMarks[row.lane].name].filter(Boolean).join(', ');
}
