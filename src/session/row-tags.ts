import type { PartingRow } from './code-partings.ts';
import type { TreeRow } from './code-view.ts';
import type { RowMark } from './patch-marks.ts';

/** What a row of the call tree is tagged with, in words. */

/** The state changes that an effect had, on whichever kernel it ran. */
export function eventsOf({ cells, kind }: Pick<TreeRow, 'cells' | 'kind'>): readonly string[] {
  if (kind !== 'effect') return [];
  const events = cells.flatMap((cell) => (cell?.run?.kind === 'node' ? cell.run.events : []));
  return [...new Set(events.flatMap((event) => (event.type === 'WRITE' ? [] : [event.type])))].map((type) =>
    type.toLowerCase().replaceAll('_', ' '),
  );
}

/** Whose patch a row is, as the line of a diff has it. */
export function patchTag({ sign, patch, moved }: RowMark): string {
  const place = moved === undefined ? '' : sign === '+' ? `, from ${moved}()` : `, to ${moved}()`;
  return `${sign === '+' ? '+' : '−'}${patch}${place}`;
}

/** Where kernels part, in a table of so many of them. */
export function partingTag({ kind, kernels }: PartingRow, shown: number): string {
  if (kind === 'arranged') return 'code differs, effects do not';
  if (kind === 'decides') return `decides in ${kernels.join(', ')}`;
  return shown === 2 ? 'they part here' : `${kernels.join(', ')} part${kernels.length === 1 ? 's' : ''} here`;
}
