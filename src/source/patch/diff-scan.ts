import { fail, ok, type Result } from '#base/result.ts';
import { limits } from './limits.ts';

/** Where the hunks of a text stand, and whether each has the lines that it promises. */

/** The first line of a hunk. Lines are counted from 1. */
export interface HunkHead {
  /** In the text. */
  readonly line: number;
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** What follows the second `@@`: with `diff -p` the function above the hunk. */
  readonly heading: string;
}

/** The lines about one file: from the first of its header up to and without `to`, indices from 0. */
export interface Section {
  readonly from: number;
  readonly to: number;
  readonly hunks: readonly HunkHead[];
}

const headForm = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(.*)$/;

/** A signature of a mail may follow a hunk, and so may the header of the next file. */
const afterHunk = /^(?:-- ?$|--- \S|\+\+\+ \S)/;

const extended =
  /^(?:index |old mode |new mode |new file mode |deleted file mode |similarity index |dissimilarity index |rename |copy |Binary files |GIT binary patch)/;

const namesBegin = (lines: readonly string[], at: number): boolean =>
  /^--- \S/.test(lines[at] ?? '') && /^\+\+\+ \S/.test(lines[at + 1] ?? '');

const isGitHead = (line: string | undefined): boolean => line?.startsWith('diff --git ') === true;

/** Whether the lines about a file begin here. */
function begins(lines: readonly string[], at: number): boolean {
  return isGitHead(lines[at]) || /^diff --(?:cc|combined) /.test(lines[at] ?? '') || namesBegin(lines, at);
}

const wrong = (at: number, message: string): Result<never, string> => fail(`line ${at + 1}: ${message}`);

interface Hunk {
  readonly head: HunkHead;
  readonly next: number;
}

const counted = (count: string | undefined): number => (count === undefined ? 1 : Number(count));
const linesWord = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

function readHunk(lines: readonly string[], at: number): Result<Hunk, string> {
  const found = headForm.exec(lines[at]!);
  if (!found) return wrong(at, 'no head of a hunk, which is "@@ -LINE,COUNT +LINE,COUNT @@"');
  const head: HunkHead = {
    line: at + 1,
    oldStart: Number(found[1]),
    oldLines: counted(found[2]),
    newStart: Number(found[3]),
    newLines: counted(found[4]),
    heading: found[5]!.trim(),
  };
  let [old, now, next] = [0, 0, at + 1];
  const promised = `the hunk promises ${head.oldLines} old and ${head.newLines} new lines`;
  for (; old < head.oldLines || now < head.newLines || lines[next]?.startsWith('\\') === true; next += 1) {
    const line = lines[next];
    if (line === undefined) return wrong(at, `${promised}, the text ends after ${old} and ${now}`);
    // Some mailers strip the blank of an empty context line.
    const sign = line === '' ? ' ' : line[0]!;
    if (!' +-\\'.includes(sign))
      return wrong(next, `${promised}, here are ${old} and ${now}; a line begins with blank, + or -`);
    if (sign === '-' || sign === ' ') old += 1;
    if (sign === '+' || sign === ' ') now += 1;
    if (old > head.oldLines || now > head.newLines) return wrong(next, `${promised}, here it has more`);
  }
  if (/^[-+ ]/.test(lines[next] ?? '') && !afterHunk.test(lines[next]!))
    return wrong(next, `${promised}, here it has more`);
  if (old + now === 0) return wrong(at, 'a hunk without a line');
  return ok({ head, next });
}

/** The index after the header of a file; where its hunks begin, if it has any. */
function afterHeader(lines: readonly string[], from: number): number {
  let at = from;
  if (isGitHead(lines[at])) {
    at += 1;
    while (extended.test(lines[at] ?? '')) at += 1;
  }
  return namesBegin(lines, at) ? at + 2 : at;
}

function readSection(lines: readonly string[], from: number): Result<Section, string> {
  const hunks: HunkHead[] = [];
  const begun = afterHeader(lines, from);
  let at = begun;
  while (lines[at]?.startsWith('@@') === true) {
    const hunk = readHunk(lines, at);
    if (!hunk.ok) return hunk;
    hunks.push(hunk.value.head);
    at = hunk.value.next;
  }
  if (hunks.length > 0) return ok({ from, to: at, hunks });
  if (namesBegin(lines, begun - 2)) return wrong(begun - 1, 'no hunk follows, which begins with "@@ -"');
  // A rename, a mode, a binary file, an empty file: nothing but its header. `index` alone promises hunks.
  const told = lines.slice(from + 1, at).some((line) => !line.startsWith('index '));
  return told
    ? ok({ from, to: at, hunks })
    : wrong(from, 'the head of a file without a hunk, a rename or a mode');
}

/** The files of a diff, wherever they stand in a text. What stands between them is left alone. */
export function scanDiff(text: readonly string[]): Result<readonly Section[], string> {
  // Empty lines at the end are none of a hunk: what was cut off must not pass for whole.
  const lines = text.slice(0, text.findLastIndex((line) => line !== '') + 1);
  const sections: Section[] = [];
  let [hunks, size] = [0, 0];
  for (let at = 0; at < lines.length;) {
    if (lines[at]!.startsWith('@@ -'))
      return wrong(at, 'a hunk without its file: "--- a/FILE" and "+++ b/FILE" come before it');
    if (/^diff --(?:cc|combined) /.test(lines[at]!) || lines[at]!.startsWith('@@@ '))
      return wrong(at, 'the combined diff of a merge; a diff against one parent is read');
    if (!begins(lines, at)) {
      at += 1;
      continue;
    }
    const section = readSection(lines, at);
    if (!section.ok) return section;
    sections.push(section.value);
    hunks += section.value.hunks.length;
    size += section.value.to - section.value.from;
    if (hunks > limits.hunks) return wrong(at, `more than ${limits.hunks} hunks`);
    if (size > limits.lines) return wrong(at, `more than ${linesWord(limits.lines)} of a diff`);
    at = section.value.to;
  }
  return ok(sections);
}
