import { stepTitle } from '#trace/alignment-words.ts';
import type { Alignment, Findings } from '#trace/questions.ts';

/** A stretch of events that the list and the lanes point out. */
export interface Mark {
  readonly kind: 'finding' | 'impossible';
  /** Events, `from` up to and with `to`. */
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** A mark in letters: colour is never alone. */
export const markSigns: Readonly<Record<Mark['kind'], string>> = { finding: '⚠', impossible: '✗' };

/** What is pointed out, in the order of its beginnings. */
export function marksOf(findings: Findings | undefined, alignment: Alignment | undefined): readonly Mark[] {
  const found = (findings?.list ?? []).map(({ from, to, words }): Mark => ({
    kind: 'finding',
    from,
    to,
    words,
  }));
  const impossible = (alignment?.mismatches ?? []).map((step): Mark => ({
    kind: 'impossible',
    from: step.from,
    to: step.to - 1,
    words: `Impossible on ${alignment!.kernel}: ${stepTitle(step)}`,
  }));
  return [...found, ...impossible].toSorted((left, right) => left.from - right.from);
}

/** Marks by the events at which they begin and end; where several do, a finding. */
export function marksByEvent(marks: readonly Mark[]): ReadonlyMap<number, Mark> {
  const found = new Map<number, Mark>();
  for (const mark of marks)
    for (const event of [mark.from, mark.to])
      if (mark.kind === 'finding' || !found.has(event)) found.set(event, mark);
  return found;
}

/** Marks that can still be told apart over the length of a recording: of those that fall together, the first. */
export function apart(marks: readonly Mark[], events: number, places: number): readonly Mark[] {
  const taken = new Set<string>();
  return marks.filter(({ kind, from }) => {
    const place = `${kind} ${Math.floor((from / events) * places)}`;
    return !taken.has(place) && taken.add(place);
  });
}
