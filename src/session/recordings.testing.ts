import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedCase, Vocabulary } from '#program/conformance/compare.ts';
import type { Recordings } from './evidence.ts';

const folder = join(import.meta.dirname, '../program/conformance');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** The recordings that ship, as the page loads them. */
export const recordings: Recordings = {
  vocabulary: read('vocabulary.json') as Vocabulary,
  cases: Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json') && name !== 'vocabulary.json')
      .map((name) => [name.replace('.json', ''), read(name) as RecordedCase]),
  ),
};

/** Drain a generator, and give what it returned. */
export function finish<Value>(work: Generator<unknown, Value>): Value {
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}
