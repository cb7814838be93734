import type { RecordingFormat, RecordingSummary, Unread } from '../questions.ts';
import type { Columns } from './columns.ts';
import { known, type Tables } from './draft.ts';

/** So many comments are kept. */
const maxNotes = 200;
/** So much of a line that is shown for its kind. */
const maxText = 500;

type Counted = Pick<
  RecordingSummary,
  'format' | 'events' | 'calls' | 'from' | 'to' | 'counts' | 'reasons' | 'lost' | 'unread' | 'notes'
>;

/** Counts what there is in a recording. */
export class Tally {
  events = 0;
  calls = 0;
  private readonly formats = new Map<RecordingFormat, number>();
  /** Of the last event, and how many before it had the same. */
  private last: RecordingFormat = 'ftrace';
  private run = 0;
  private readonly byName = new Float64Array(4096);
  private readonly byReason = new Float64Array(4096);
  private readonly unread = new Map<string, Unread>();
  private readonly notes: { readonly line: number; readonly text: string }[] = [];
  private places = 0;
  private lost = 0;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  event(format: RecordingFormat): void {
    this.events++;
    if (format !== this.last) this.count(format);
    this.run++;
  }

  /** Counts the events since another format came. */
  private count(next: RecordingFormat): void {
    this.formats.set(this.last, (this.formats.get(this.last) ?? 0) + this.run);
    this.last = next;
    this.run = 0;
  }

  /** Adds the events of a block that is complete. */
  block(columns: Columns): void {
    for (let at = 0; at < columns.count; at++) {
      const name = columns.name[at]!;
      this.byName[name]!++;
      if (name === known.kvm_exit) this.byReason[columns.reason[at]!]!++;
      const seconds = columns.seconds[at]!;
      if (seconds < this.from) this.from = seconds;
      if (seconds > this.to) this.to = seconds;
    }
  }

  note(line: number, text: string): void {
    if (this.notes.length < maxNotes) this.notes.push({ line, text: text.slice(0, maxText) });
  }

  loss(count: number | undefined): void {
    this.places++;
    this.lost += count ?? 0;
  }

  notUnderstood(what: string, line: number, text: string): void {
    const first = this.unread.get(what) ?? { what, count: 0, line, text: text.slice(0, maxText) };
    this.unread.set(what, { ...first, count: first.count + 1 });
  }

  summary({ names, reasons }: Tables): Counted {
    return {
      format: this.format(),
      events: this.events,
      calls: this.calls,
      from: Number.isFinite(this.from) ? this.from : undefined,
      to: Number.isFinite(this.to) ? this.to : undefined,
      counts: counted(this.byName, (code) => names.text(code)).map(([name, count]) => ({ name, count })),
      reasons: counted(this.byReason, (code) => reasons.text(code))
        .filter(([reason]) => reason !== '')
        .map(([reason, count]) => ({ reason, count })),
      lost: { places: this.places, events: this.lost },
      unread: [...this.unread.values()].toSorted((left, right) => right.count - left.count),
      notes: this.notes,
    };
  }

  /** Of one recording all lines are of one tracer; long names look alike in two, so that the most decide. */
  private format(): RecordingFormat {
    if (this.calls > 0) return 'function_graph';
    this.count(this.last);
    return [...this.formats].toSorted((left, right) => right[1] - left[1])[0]?.[0] ?? 'ftrace';
  }
}

function counted(
  counts: Float64Array,
  text: (code: number) => string,
): readonly (readonly [string, number])[] {
  return [...counts]
    .flatMap((count, code) => (count > 0 ? [[text(code), count] as const] : []))
    .toSorted((left, right) => right[1] - left[1]);
}
