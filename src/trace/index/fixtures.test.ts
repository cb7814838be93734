import { describe, expect, test } from 'vitest';
import { bytesSource, fixtures, recordingsIn } from '../source.testing.ts';
import { differences, indexed } from './index.testing.ts';

/**
 * Every recording that ships is read to the last line, and what is counted is what a search of the text counts. Other
 * recordings are held to the same: SVMSCOPE_RECORDINGS=folder npx vitest run src/trace/index/fixtures
 */
const folder = process.env['SVMSCOPE_RECORDINGS'];
const others = folder === undefined ? [] : recordingsIn(folder);

describe.each([...fixtures, ...others])('$name', { timeout: 60_000 }, ({ read }) => {
  const bytes = read();
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const told = lines.filter((line) => !line.startsWith('#'));

  test('counts as the text does, and leaves no line unread', async () => {
    const { summary } = await indexed(bytesSource(bytes));
    expect(summary.lines).toBe(lines.length);
    expect(summary.unread).toEqual([]);
    const plain = summary.counts.map(({ name }) => ({
      name,
      count: told.filter((line) => line.includes(` ${name}:`)).length,
    }));
    expect(summary.counts).toEqual(plain);
    expect(summary.events).toBe(told.filter((line) => / kvm_\w+: /.test(line)).length);
    const calls = told.filter((line) => /\|\s+(?:\w[^/]*[;{]|\})/.test(line)).length;
    expect(summary.calls).toBe(calls);
  });

  test('is read by the index as by the plain reader', async () => {
    expect(await differences(bytesSource(bytes))).toEqual([]);
  });
});

test('recordings of every tracer are among them', async () => {
  expect(fixtures.length).toBeGreaterThan(150);
  const formats = new Set<string>();
  for (const { read } of fixtures.filter(({ name }) => /S07-/.test(name)))
    formats.add((await indexed(bytesSource(read()))).summary.format);
  expect([...formats].toSorted()).toEqual(['ftrace', 'function_graph', 'trace-cmd', 'trace-cmd raw']);
});
