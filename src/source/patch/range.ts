import type { HunkHead } from './diff-scan.ts';

const range = (start: number, lines: number): string => (lines === 1 ? `${start}` : `${start},${lines}`);

/** Where a hunk stands, as diffs write it. */
export function hunkRange({ oldStart, oldLines, newStart, newLines }: HunkHead): string {
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
}
