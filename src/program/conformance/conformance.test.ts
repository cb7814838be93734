import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kernel } from '#kvm/kernels.ts';
import { parseProgram } from '../parse.ts';
import { run } from '../runner.ts';
import {
  comparable,
  compareCase,
  parsePath,
  tallyLine,
  type RecordedCase,
  type Tally,
  type Vocabulary,
} from './compare.ts';

const folder = import.meta.dirname;
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const vocabulary = read('vocabulary.json') as Vocabulary;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'vocabulary.json')
  .map((name) => name.replace('.json', ''));
const tallies: Tally[] = [];

afterAll(() => {
  process.stdout.write(`${tallyLine(tallies)}\n`);
});

test('there are cases', () => {
  expect(names.length).toBeGreaterThanOrEqual(34);
});

test('depth counts among the words, and hidden words take along what they enter', () => {
  const words = { a: 'compared', b: 'compared', o: 'opaque', h: 'hidden', c: 'compared' };
  expect(comparable(parsePath('a .x ..b .o ..c .h ..c c'), words)).toEqual(['a', '.b', '.o', 'c']);
});

describe.each(names)('%s', (name) => {
  const recorded = read(`${name}.json`) as RecordedCase;
  test.each(Object.keys(recorded.kernels))('as recorded on %s', (id) => {
    const program = parseProgram(recorded.program);
    const built = kernel(id);
    if (!program.ok || !built.ok) throw new Error(`${name} on ${id} cannot be run`);
    const { tally, problems } = compareCase(run(built.value, program.value), recorded, vocabulary);
    tallies.push(tally);
    expect(problems).toEqual([]);
  });
});
