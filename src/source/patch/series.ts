import type { Letter } from './letter.ts';

/** Patches that were sent together. */
export interface Series {
  readonly version: number;
  readonly tags: readonly string[];
  /** By number: the cover letter, then the patches. */
  readonly letters: readonly Letter[];
  /** Numbers that the subjects promise and that are not here. */
  readonly missing: readonly number[];
}

/** Everything of what was dropped, in the order in which it is read. */
export interface PatchSet {
  readonly name: string;
  readonly series: readonly Series[];
  readonly replies: readonly Letter[];
  /** Mails with neither a patch nor `Re:`. */
  readonly others: readonly Letter[];
  /** Copies of mails that were left out. */
  readonly copies: number;
}

interface Group {
  readonly letters: Letter[];
}

const idsOf = ({ messageId, answers }: Letter): readonly string[] =>
  messageId === undefined ? answers : [messageId, ...answers];

/** Whether a letter belongs to a series: same version, same length, a free number, and no thread of its own. */
function fits({ letters }: Group, letter: Letter): boolean {
  const [first] = letters;
  const { version, of, number } = letter.subject;
  if (!first || of === undefined || number === undefined) return false;
  if (first.subject.version !== version || first.subject.of !== of) return false;
  if (letters.some(({ subject }) => subject.number === number)) return false;
  const known = new Set(letters.flatMap(idsOf));
  const linked = idsOf(letter).some((id) => known.has(id));
  return linked || (letter.answers.length === 0 && letters.every(({ answers }) => answers.length === 0));
}

function seriesOf({ letters }: Group): Series {
  const sorted = letters.toSorted((one, other) => (one.subject.number ?? 1) - (other.subject.number ?? 1));
  const { version, tags, of } = sorted[0]!.subject;
  const there = new Set(sorted.map(({ subject }) => subject.number));
  const missing = Array.from({ length: of ?? 0 }, (_, index) => index + 1).filter(
    (number) => !there.has(number),
  );
  return { version, tags, letters: sorted, missing };
}

/** Letters once each: lists send copies. */
function withoutCopies(letters: readonly Letter[]): readonly Letter[] {
  const seen = new Set<string>();
  return letters.filter(({ messageId }) => {
    if (messageId === undefined) return true;
    if (seen.has(messageId)) return false;
    seen.add(messageId);
    return true;
  });
}

/** Put letters together as they were sent. */
export function gather(name: string, all: readonly Letter[]): PatchSet {
  const letters = withoutCopies(all);
  const groups: Group[] = [];
  for (const letter of letters) {
    if (letter.kind !== 'patch' && letter.kind !== 'cover') continue;
    const group = groups.find((one) => fits(one, letter));
    if (group) group.letters.push(letter);
    else groups.push({ letters: [letter] });
  }
  return {
    name,
    series: groups.map(seriesOf).toSorted((one, other) => one.version - other.version),
    replies: letters.filter(({ kind }) => kind === 'reply'),
    others: letters.filter(({ kind }) => kind === 'other'),
    copies: all.length - letters.length,
  };
}
