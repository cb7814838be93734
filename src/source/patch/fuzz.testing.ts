import { seededRandom, type Random } from '#base/random.ts';
import { linesOf, type FileDiff } from './diff-read.ts';
import { readBareDiff, readLetter, type Letter } from './letter.ts';
import { readMail } from './mail.ts';
import {
  avicDiff,
  fileOf,
  gifDiff,
  mail,
  recalcDiff,
  seriesMbox,
  tripleFaultDiff,
  v1Diff,
} from './mails.testing.ts';
import { splitMbox } from './mbox.ts';
import { openPatches } from './open.ts';
import { hunkRange } from './range.ts';
import { recognise } from './recognise.ts';
import { tieHunk } from './ties.ts';

const seeds: readonly string[] = [
  seriesMbox(),
  mail({ diff: gifDiff }),
  mail({ headers: 'Content-Transfer-Encoding: quoted-printable', diff: v1Diff.replaceAll('=', '=3D') }),
  tripleFaultDiff('is_guest_mode(vcpu)'),
  gifDiff + avicDiff,
  recalcDiff,
];

const scraps = [
  '@@ -1,2 +1 @@',
  '--- a/x',
  '+++ b/x',
  '\n',
  '\n\n',
  '-',
  '+',
  ' ',
  '\\',
  'From a Thu Jan  1 00:00:00 1970\n',
] as const;
const more = [
  'diff --git a/x b/x\n',
  '=?utf-8?q?',
  '\0',
  '\r\n',
  '<b>',
  '"',
  '(',
  '/*',
  '*/',
  '{',
  '999999999',
  'é',
] as const;

/** A text with a few places changed, lines taken away, doubled, moved or cut off. */
function mutated(random: Random): string {
  let text = random.pick(seeds);
  for (let times = 1 + random.next(4); times > 0; times -= 1) text = mutate(text, random);
  return text;
}

function mutate(text: string, random: Random): string {
  const [one, other] = [random.next(text.length + 1), random.next(text.length + 1)];
  const lines = text.split('\n');
  const line = random.next(lines.length);
  switch (random.next(7)) {
    case 0:
      return text.slice(0, one);
    case 1:
      return text.slice(0, one) + random.pick([...scraps, ...more]) + text.slice(one);
    case 2:
      return text.slice(0, Math.min(one, other)) + text.slice(Math.min(one, other) + random.next(40));
    case 3:
      return lines.toSpliced(line, 1).join('\n');
    case 4:
      return lines.toSpliced(line, 0, random.pick(lines)).join('\n');
    case 5:
      return text.replaceAll(/\d+/g, (digits) => (random.next(8) === 0 ? String(random.next(30)) : digits));
    default:
      return lines.toSpliced(line, 1, (lines[line] ?? '').slice(random.next(6))).join('\n');
  }
}

/** A hunk as a diff writes it, but for what follows the second `@@`. */
const written = (file: FileDiff): readonly (readonly string[])[] =>
  file.hunks.map((hunk) => [hunkRange(hunk), ...hunk.lines.map(({ sign, text }) => sign + text)]);

/** An empty context line may have lost its blank. */
const same = (line: string | undefined, wanted: string): boolean =>
  line === wanted || (wanted === ' ' && line === '');

/** What of a letter is not in the text that it was read from; empty if all is. */
function invented(text: string, { files }: Letter): readonly string[] {
  const lines = linesOf(text);
  return files.flatMap((file) =>
    written(file).flatMap(([head, ...body], index) => {
      const at = file.hunks[index]!.line;
      const counts = { old: 0, now: 0 };
      for (const { sign } of file.hunks[index]!.lines) {
        if (sign === ' ' || sign === '-') counts.old += 1;
        if (sign === ' ' || sign === '+') counts.now += 1;
      }
      const { oldLines, newLines } = file.hunks[index]!;
      const told = /@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[at - 1] ?? '');
      const numbers = told ? [told[1], told[2] ?? '1', told[3], told[4] ?? '1'].map(Number) : [];
      const ours = /@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(head!)!;
      const again = [ours[1], ours[2] ?? '1', ours[3], ours[4] ?? '1'].map(Number);
      const whole =
        numbers.join() === again.join() &&
        counts.old === oldLines &&
        counts.now === newLines &&
        body.every((line, offset) => same(lines[at + offset], line));
      return whole ? [] : [head!];
    }),
  );
}

/** Letters with the texts that they were read from. */
async function letters(text: string): Promise<readonly (readonly [string, Letter])[]> {
  const { bytes } = fileOf('', text);
  const mails = splitMbox(bytes) ?? [{ bytes, commit: undefined }];
  const read: (readonly [string, Letter])[] = [];
  for (const raw of mails) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- one after the other, as the product does.
    const one = await readMail(raw);
    const letter = one.ok ? readLetter(one.value) : undefined;
    if (one.ok && letter?.ok) read.push([one.value.text, letter.value]);
  }
  const bare = readBareDiff(text);
  if (bare.ok) read.push([text, bare.value]);
  return read;
}

/** Read so many mutated mails and diffs, tie and recognise what reads; what was wrong with any, and how many read. */
export async function fuzzPatches(
  seed: number,
  count: number,
): Promise<{ readonly wrong: readonly string[]; readonly opened: number }> {
  const random = seededRandom(seed);
  const wrong: string[] = [];
  let opened = 0;
  for (let index = 0; index < count; index += 1) {
    const text = mutated(random);
    // oxlint-disable-next-line eslint/no-await-in-loop -- in order, so that a seed tells the input.
    const set = await openPatches([fileOf('f', text)]);
    if (set.ok) opened += 1;
    else if (!/^f: \S/.test(set.error) || set.error.includes('\n')) wrong.push(`${index}: ${set.error}`);
    // oxlint-disable-next-line eslint/no-await-in-loop -- the same.
    for (const [source, letter] of await letters(text)) {
      wrong.push(...invented(source, letter).map((head) => `${index}: ${head}`));
      recognise(letter);
      for (const file of letter.files) for (const hunk of file.hunks) tieHunk(file, hunk);
    }
  }
  return { wrong, opened };
}
