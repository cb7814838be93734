import { expect, test } from 'vitest';
import { readSeen } from './read-seen.ts';
import type { Seen } from './seen.ts';
import { bytesSource, textSource } from './source.testing.ts';

async function seenOf(text: string, chunk?: number): Promise<readonly Seen[]> {
  const all: Seen[] = [];
  for await (const batch of readSeen(textSource(text, chunk))) all.push(...batch);
  return all;
}

const entry = (pid: number, vcpu: number, rip: string) =>
  `      CPU ${vcpu}/KVM-${pid} [001] d..1. 10.000${pid}: kvm_entry: vcpu ${vcpu}, rip ${rip}`;
const fpu = (pid: number) => `   a-${pid} [000] ..... 11.0: kvm_fpu: load`;
const graph = (cpu: number, text: string) => ` ${cpu})               |  /* ${text} */`;

test.each([1, 7, 1000])('places are the same whatever the size of chunks: %i', async (chunk) => {
  const text = `# é\r\n\r\n${entry(7, 0, '0x10')}\r\n\n${entry(7, 0, '0x20')}`;
  const seen = await seenOf(text, chunk);
  expect(seen.map(({ kind, line, offset }) => ({ kind, line, offset }))).toEqual([
    { kind: 'note', line: 1, offset: 0 },
    { kind: 'event', line: 3, offset: 8 },
    { kind: 'event', line: 5, offset: new TextEncoder().encode(text).length - entry(7, 0, '0x20').length },
  ]);
});

test('two guests have a vCPU 0 each, and other events go with their thread', async () => {
  const lines = [fpu(5), entry(5, 0, '0x1'), entry(6, 0, '0x1'), entry(6, 1, '0x1'), fpu(5), fpu(6), fpu(9)];
  const seen = await seenOf(lines.join('\n'));
  expect(seen.map((one) => (one.kind === 'event' ? one.vcpu : 'none'))).toEqual([
    undefined,
    0,
    1,
    2,
    0,
    2,
    undefined,
  ]);
});

test('without threads the processor tells, until the tracer names the thread', async () => {
  const seen = await seenOf(
    [
      graph(0, 'kvm_entry: vcpu 0, rip 0x10'),
      graph(1, 'kvm_entry: vcpu 1, rip 0x10'),
      ' ------------------------------------------',
      ' 0)  vmm-60    =>  kworker-12 ',
      ' ------------------------------------------',
      graph(0, 'kvm_fpu: load'),
      ' 1)  vmm-61    =>  vmm-60 ',
      graph(1, 'kvm_fpu: load'),
    ].join('\n'),
  );
  const events = seen.filter((one) => one.kind === 'event');
  expect(events.map(({ vcpu }) => vcpu)).toEqual([0, 1, undefined, 0]);
});

test.each([
  ['\0', /^line 1: a zero byte, so this is no text; a recording is text$/],
  ['#\n#\n\0', /^line 3: a zero byte/],
  ['\x17\x08Dtracing\0', /trace-cmd report/],
  ['PERFILE2\0', /perf script/],
  [`#\n${'a'.repeat(2 ** 20 + 1)}`, /^line 2: longer than 1 MB, no trace has such lines$/],
  [`#\n${'a'.repeat(2 ** 20 + 1)}\n`, /^line 2: longer than 1 MB/],
])('says what is wrong with %#', async (text, message) => {
  await expect(seenOf(text)).rejects.toThrow(message);
  await expect(seenOf(text, 2 ** 22)).rejects.toThrow(message);
});

test('a mark of the byte order is no part of the first line', async () => {
  expect(await seenOf('\ufeff# note\n')).toMatchObject([{ kind: 'note', text: 'note' }]);
});

test('stops where it is told to', async () => {
  const stop = { aborted: false };
  const source = bytesSource(new TextEncoder().encode(`${entry(1, 0, '0x1')}\n`.repeat(100)), 100);
  let batches = 0;
  for await (const _ of readSeen(source, stop)) stop.aborted = ++batches === 3;
  expect(batches).toBe(3);
});
