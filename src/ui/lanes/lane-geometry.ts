import { lanes, type Lane, type LaneStep } from '#session/lanes.ts';

/** Sizes of the sequence diagram in sixteenths of a rem, pixels as a rule, and where its lanes lie. */

export const rem = (size: number): string => `${size / 16}rem`;

export const gutter = 78;
/** Between the names of the lanes and the first column. */
export const lead = 6;
export const barHeight = 8;
const barGap = 5;
const advance = 6.65;

export const lineHeight = 12;

export interface LaneRow {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
  /** Top of the bars in it. */
  readonly bar: number;
  /** Lines of text above the bars. */
  readonly lines: number;
}

/**
 * The lanes that are drawn: SMM only where it is entered. Two runs below each other get flat rows, and none for who
 * has no part in them.
 */
export function laneRows(steps: readonly LaneStep[], flat: boolean): readonly LaneRow[] {
  const used = new Set<Lane>(['KVM', ...steps.flatMap((step) => [barLane(step), step.to])]);
  let top = 0;
  return lanes
    .filter((lane) => used.has(lane) || (!flat && lane !== 'SMM'))
    .map((lane) => {
      const lines = (lane === 'KVM' ? 3 : 2) - (flat ? 1 : 0);
      const height = lines * lineHeight + barHeight + 2 * barGap;
      const row = { lane, top, height, bar: top + height - barHeight - barGap, lines };
      top += height;
      return row;
    });
}

export const rowsHeight = (rows: readonly LaneRow[]): number =>
  rows.reduce((sum, { height }) => sum + height, 0);

/** Columns share the room, within what is readable. */
export function columnWidth(room: number, columns: number): number {
  return Math.round(Math.min(172, Math.max(136, (room - gutter - lead - 8) / Math.max(1, columns))));
}

/** A text in lines of so many pixels; what is left over ends in an ellipsis. */
export function wrapped(text: string, width: number, lines: number): readonly string[] {
  const room = Math.max(4, Math.floor(width / advance));
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  const kept =
    found.length > lines ? [...found.slice(0, lines - 1), found.slice(lines - 1).join(' ')] : found;
  return kept.map((line) => (line.length > room ? `${line.slice(0, room - 1)}…` : line));
}

/** Whether the code that an operation belonged to was not that of the context in which it ran. */
export function ranAsAnother({ made }: LaneStep): boolean {
  return made !== undefined && made.step.context !== null && made.step.actor !== made.step.context;
}

/** The lane in which an operation's bar lies: the context, whosever code it is. */
export function barLane(step: LaneStep): Lane {
  return step.made?.step.context ?? step.from;
}

/** What is wrong with what runs next, in a few words. */
export function corruptWords({ corrupt, made }: LaneStep): string | undefined {
  const next = made?.step.after.next;
  if (!corrupt || !next) return undefined;
  return next.code === next.context ? `L2's registers` : `${next.code}'s code as ${next.context}`;
}

/** Whether the VM's end is what userspace is told. */
export function isShutdown({ made }: LaneStep): boolean {
  return made?.step.outcome.kind === 'userspace-exit' && made.step.outcome.reason === 'KVM_EXIT_SHUTDOWN';
}
