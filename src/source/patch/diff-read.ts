import { parsePatch, type StructuredPatch } from 'diff';

import { fail, ok, type Result } from '#base/result.ts';
import { scanDiff, type HunkHead, type Section } from './diff-scan.ts';

/** A line of a hunk; `\` is a remark on the line before it. */
export interface HunkLine {
  readonly sign: ' ' | '+' | '-' | '\\';
  readonly text: string;
  /** Its number in the old and in the new file, where it stands there. */
  readonly old: number | undefined;
  readonly now: number | undefined;
}

export interface Hunk extends HunkHead {
  readonly lines: readonly HunkLine[];
}

/** What a diff does to a file. */
export interface FileDiff {
  /** As the new side has it; of a deleted file as the old one. Without `a/` and `b/`. */
  readonly path: string;
  /** Where it differs, the path on the old side. */
  readonly from: string | undefined;
  readonly change: 'changed' | 'created' | 'deleted' | 'renamed' | 'copied' | 'binary' | 'mode';
  readonly hunks: readonly Hunk[];
}

export interface Diff {
  readonly files: readonly FileDiff[];
  /** The lines before the first file. */
  readonly before: readonly string[];
}

/** The lines of a text, whichever way they end. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

const nowhere = '/dev/null';

function bare(name: string | undefined): string {
  return (name ?? '').replace(/^[ab]\//, '');
}

function changeOf(patch: StructuredPatch, hunks: number): FileDiff['change'] {
  if (patch.isRename === true) return 'renamed';
  if (patch.isCopy === true) return 'copied';
  if (patch.isCreate === true || patch.oldFileName === nowhere) return 'created';
  if (patch.isDelete === true || patch.newFileName === nowhere) return 'deleted';
  if (patch.isBinary === true) return 'binary';
  return hunks === 0 ? 'mode' : 'changed';
}

function numbered(head: HunkHead, lines: readonly string[]): Hunk {
  let [old, now] = [head.oldStart, head.newStart];
  const take = (line: string): HunkLine => {
    const sign = (line === '' ? ' ' : line[0]) as HunkLine['sign'];
    return {
      sign,
      text: line.slice(1),
      old: sign === ' ' || sign === '-' ? old++ : undefined,
      now: sign === ' ' || sign === '+' ? now++ : undefined,
    };
  };
  return { ...head, lines: lines.map(take) };
}

function fileOf(lines: readonly string[], { from, to, hunks }: Section): Result<FileDiff, string> {
  let patches: readonly StructuredPatch[];
  try {
    // The line at the end keeps an empty one before it a line of its hunk.
    patches = parsePatch(`${lines.slice(from, to).join('\n')}\n`);
  } catch (error) {
    return fail(`line ${from + 1}: ${error instanceof Error ? error.message : 'no diff'}`);
  }
  const [patch] = patches;
  if (!patch || patches.length > 1 || patch.hunks.length !== hunks.length)
    return fail(`line ${from + 1}: the lines about this file read in two ways`);
  const [old, now] = [bare(patch.oldFileName), bare(patch.newFileName)];
  const path = patch.newFileName === nowhere ? old : now;
  return ok({
    path,
    from: old === path || patch.oldFileName === nowhere ? undefined : old,
    change: changeOf(patch, hunks.length),
    hunks: hunks.map((head, index) => numbered(head, patch.hunks[index]!.lines)),
  });
}

/** Read the diff in a text, whatever stands around it. Errors name the line of the text, from 1. */
export function readDiff(text: string): Result<Diff, string> {
  const lines = linesOf(text);
  const sections = scanDiff(lines);
  if (!sections.ok) return sections;
  const files: FileDiff[] = [];
  for (const section of sections.value) {
    const file = fileOf(lines, section);
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ok({ files, before: lines.slice(0, sections.value[0]?.from ?? lines.length) });
}
