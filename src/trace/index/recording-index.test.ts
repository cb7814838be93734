import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EventQuery } from '../questions.ts';
import type { SeenEvent } from '../seen.ts';
import type { ByteSource } from '../source.ts';
import { bytesSource, fixture, gzipSource, textSource } from '../source.testing.ts';
import { counter, differences, indexed, plainly, small } from './index.testing.ts';
import { readRecording } from './read-recording.ts';
import type { RecordingIndex } from './recording-index.ts';

const nameIs = (name: string) => (event: SeenEvent) => event.name === name;
const running = { aborted: false };
const bytes = fixture('long/smm_test-6.12');
const packed = new Uint8Array(gzipSync(bytes));

describe.each<[string, ByteSource]>([
  ['plain', bytesSource(bytes, 1000)],
  ['packed', gzipSource(packed)],
])('a %s recording of which little is in memory', (_, source) => {
  let index: RecordingIndex;
  let plain: readonly SeenEvent[];
  let states: readonly number[];

  beforeAll(async () => {
    index = await indexed(source, small);
    ({ events: plain } = await plainly(source));
    const counts = new Map<number, number>();
    states = plain.map(({ vcpu }) => {
      if (vcpu === undefined) return counter.start;
      const state = counts.get(vcpu) ?? counter.start;
      counts.set(vcpu, state + 1);
      return state;
    });
  });

  test('has rows as the plain reader reads them, with who had the processor', async () => {
    const expected = plain.map((event, at) => ({ index: at, event, lane: counter.lane(states[at]!) }));
    expect(await index.rows(600, 1000)).toEqual(expected.slice(600));
    expect(await index.rows(0, 3)).toEqual(expected.slice(0, 3));
    expect(await index.rows(63, 3)).toEqual(expected.slice(63, 66));
    expect(await index.rows(5000, 3)).toEqual([]);
  });

  test('has its text', async () => {
    const lines = new TextDecoder().decode(bytes).split('\n');
    const seen = plain[500]!;
    expect(await index.text(seen.offset, 3)).toEqual(lines.slice(seen.line - 1, seen.line + 2));
    expect(await index.text(bytes.length, 3)).toEqual([]);
  });

  test.each<[EventQuery, (event: SeenEvent, state: number) => boolean]>([
    [{ names: ['kvm_smm_transition'] }, nameIs('kvm_smm_transition')],
    [{ names: ['kvm_msr', 'kvm_fpu'] }, (event) => ['kvm_msr', 'kvm_fpu'].includes(event.name)],
    [{ names: ['nothing'] }, () => false],
    [{ reason: 'vmrun' }, ({ args }) => 'reason' in args && args.reason === 'vmrun'],
    [{ reason: 'nothing' }, () => false],
    [{ vcpu: 2 }, ({ vcpu }) => vcpu === 2],
    [{ vcpu: 2, reason: 'npf' }, ({ vcpu, args }) => vcpu === 2 && 'reason' in args && args.reason === 'npf'],
    [{ text: 'Entering SMM' }, ({ args }) => args.of === 'smm' && args.entering],
    [{ lane: 'l1' }, (_event, state) => state % 4 === 2],
    [{ jump: 'nested' }, (_event, state) => state % 7 === 0],
    [{ jump: 'efer' }, ({ args }) => args.of === 'msr' && args.write && args.msr === 0xc0000080],
    [{}, () => true],
  ])('finds and counts %j', async (query, isMeant) => {
    const meant = plain.flatMap((event, at) => (isMeant(event, states[at]!) ? [at] : []));
    expect(await index.count(query, running)).toBe(meant.length);
    const found: number[] = [];
    for (let at: number | undefined = -1; found.length < 70; found.push(at)) {
      at = await index.find(query, at, 1, running);
      if (at === undefined) break;
    }
    expect(found).toEqual(meant.slice(0, 70));
    expect(await index.find(query, plain.length, -1, running)).toBe(meant.at(-1));
    expect(await index.find(query, 300, -1, running)).toBe(meant.findLast((at) => at < 300));
  });

  test('finds a rip', async () => {
    const seen = plain.findLast(({ args }) => args.of === 'exit')!;
    const rip = seen.args.of === 'exit' ? seen.args.rip : 0n;
    const meant = plain.filter(({ args }) => 'rip' in args && args.rip === rip);
    expect(await index.count({ rip }, running)).toBe(meant.length);
  });

  test('reads blocks again as they were', async () => {
    expect(await differences(source, small)).toEqual([]);
  });
});

const entry = (pid: number) => `  a-${pid} [000] ..... 1.5: kvm_entry: vcpu 0, rip 0x1000\n`;

test('events may be missing before the next of every vCPU', async () => {
  const text = `${entry(1)}${entry(2)}CPU:0 [LOST 5 EVENTS]\n${entry(1)}${entry(1)}${entry(2)}${entry(3)}`;
  const index = await indexed(textSource(text), { block: 2, loaded: 1 });
  const after: boolean[] = [];
  await index.walk(0, 10, ({ event }) => after.push(event.afterLoss));
  expect(after).toEqual([false, false, true, false, true, true]);
  expect(index.summary.lost).toEqual({ places: 1, events: 5 });
});

test('says what was not understood, with the first of it', async () => {
  const text = `<i>1</i>\n${entry(1)}two\n${entry(1).replace('rip', 'pip')}`;
  const { summary } = await indexed(textSource(text));
  expect(summary.unread).toEqual([
    { what: 'no line of a trace', count: 2, line: 1, text: '<i>1</i>' },
    { what: 'kvm_entry', count: 1, line: 4, text: expect.stringContaining('pip') },
  ]);
});

test('an Intel recording says what it is', async () => {
  const exit = ' a-1 [000] ..... 1.5: kvm_exit: vcpu 0 reason EPT_VIOLATION rip 0x1 info1 0x0 info2 0x0\n';
  const { summary } = await indexed(textSource(exit));
  expect(summary.reasons).toEqual([{ reason: 'EPT_VIOLATION', count: 1 }]);
});

test.each([
  ['nothing', '', /^line 1: no event in 0 lines; a recording is text of trace, /],
  ['another text', 'hello\nworld\n', /no event in 2 lines/],
  ['much of another text', 'a\n'.repeat(500_000), /no event in 1\d{5} lines/],
])('%s is no recording', async (_, text, message) => {
  await expect(indexed(textSource(text))).rejects.toThrow(message);
});

test('what cannot be unpacked is an error of the recording, whole', async () => {
  await expect(indexed(gzipSource(packed.subarray(0, packed.length / 2)))).rejects.toThrow(
    /^test\.gz: cannot be unpacked after byte \d+ of its text: .*unexpected end/,
  );
});

test('reading says how far it is, and stops when told', async () => {
  const far: number[] = [];
  const stop = { aborted: false };
  const source = bytesSource(bytes, 1000);
  const index = await readRecording(source, counter, stop, (progress) => {
    far.push(progress.bytes);
    stop.aborted = far.length === 3;
  });
  expect(index).toBeUndefined();
  expect(far).toEqual([1000, 2000, 3000]);
});
