import { comparedEntries, type Vocabulary } from '#program/conformance/compare.ts';
import type { PathEntry } from '#program/report.ts';
import { commonPairs } from './common-pairs.ts';

/**
 * A row of a recorded path beside the model's. `outside`: the model entered a function whose entries the recording
 * does not show, because they are not among the words that are compared.
 */
export interface PathRow {
  readonly kind: 'same' | 'model' | 'recorded' | 'outside';
  readonly model: PathEntry | undefined;
  readonly recorded: PathEntry | undefined;
}

function recordedEntry(word: string): PathEntry {
  const fn = word.replace(/^\.+/, '');
  return { fn, depth: word.length - fn.length };
}

/** Lay the model's path and the recorded words side by side. A word at another depth is another word. */
export function pathRows(
  path: readonly PathEntry[],
  recorded: readonly string[],
  vocabulary: Vocabulary,
): readonly PathRow[] {
  const entries = comparedEntries(path, vocabulary);
  const compared = new Set(entries.map(({ at }) => at));
  const pairs = commonPairs(entries, recorded, ({ word }, said) => word === said);
  const rows: PathRow[] = [];
  let model = 0;
  let word = 0;
  for (const [entry, nextWord] of [...pairs, [entries.length, recorded.length] as const]) {
    const nextModel = entries[entry]?.at ?? path.length;
    for (; model < nextModel; model += 1)
      rows.push({
        kind: compared.has(model) ? 'model' : 'outside',
        model: path[model],
        recorded: undefined,
      });
    for (; word < nextWord; word += 1)
      rows.push({ kind: 'recorded', model: undefined, recorded: recordedEntry(recorded[word]!) });
    if (nextModel === path.length) break;
    rows.push({ kind: 'same', model: path[model], recorded: recordedEntry(recorded[word]!) });
    model += 1;
    word += 1;
  }
  return rows;
}
