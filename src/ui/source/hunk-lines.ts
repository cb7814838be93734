import type { CFunction } from '#source/c/functions.ts';
import type { TiedFunction } from '#source/c/tie.ts';
import { tieKey } from '#source/patch/ties.ts';

/** The lines of a definition whose nodes the chosen hunk ties to. */
export function hunkLines(
  { fn, ties }: TiedFunction,
  source: CFunction,
  rows: ReadonlySet<string>,
): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const [id, tie] of ties) {
    if (tie.source !== source || !rows.has(tieKey({ fn: fn.name, id }))) continue;
    for (let line = tie.from; line <= tie.to; line += 1) lines.add(line);
  }
  return lines;
}
