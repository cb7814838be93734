import { expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { eventReplayer, isJump, longPause } from './event-replayer.ts';
import { glanceOf } from './glance.ts';
import { small } from './index/index.testing.ts';
import { readRecording } from './index/read-recording.ts';
import { nothingKnown, toldOf } from './replay-state.ts';
import { stepReplay } from './replay.ts';
import { SeenReader } from './seen-reader.ts';
import { bytesSource, fixture, textSource } from './source.testing.ts';
import type { ByteSource } from './source.ts';

/** The index goes through events with states of its own, from blocks that come and go. */
async function visitedIn(source: ByteSource) {
  const found = await readRecording(source, eventReplayer, { aborted: false }, () => undefined, small);
  const index = present(found, 'a recording');
  const visited: { state: number; isGap: boolean; pause: number | undefined }[] = [];
  await index.walk(0, Infinity, ({ state, event }) =>
    visited.push({ state, isGap: isJump('gap', event), pause: event.pause }),
  );
  return visited;
}

const smi = fixture('events/6.12/S27a-smi-in-l2-not-intercepted');
const gif = new TextDecoder().decode(fixture('events/6.12/S14a-l2-stgi-clgi-intercepted'));
/** As kernels from 6.14 on print exits: a triple fault and an event are requested. */
const requested = new TextEncoder().encode(gif.replaceAll(/( error_code 0x\w+)$/gm, '$1 requests 0x4400'));

test.each([
  ['of SMM', smi, { smm: 'inside' }],
  ['that tells requests', requested, { tripleFault: 'pending', event: 'pending', smi: 'idle' }],
])('the index knows before every event %s what the events up to it tell', async (_, bytes, some) => {
  const reader = new SeenReader();
  const states = [nothingKnown];
  const expected: number[] = [];
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    const seen = reader.read(line, 0);
    if (seen?.kind !== 'event') continue;
    const vcpu = seen.vcpu ?? -1;
    const state = states[vcpu] ?? nothingKnown;
    expected.push(seen.vcpu === undefined ? nothingKnown : state);
    if (seen.vcpu !== undefined) states[vcpu] = stepReplay(state, glanceOf(seen, false));
  }
  const visited = await visitedIn(bytesSource(bytes));
  expect(visited.length).toBeGreaterThan(80);
  expect(visited.map(({ state }) => state)).toEqual(expected);
  expect(visited.map(({ state }) => toldOf(state))).toContainEqual(expect.objectContaining(some));
});

test('the index knows when L1 takes STGI and CLGI of L2', async () => {
  const reader = new SeenReader();
  const expected = gif.split('\n').flatMap((line) => {
    const seen = reader.read(line, 0);
    return seen?.kind === 'event' ? [glanceOf(seen, false).interceptsGif] : [];
  });
  const found = await readRecording(textSource(gif), eventReplayer, { aborted: false }, () => undefined);
  const told: boolean[] = [];
  await present(found, 'a recording').walk(0, Infinity, ({ event }) => told.push(event.interceptsGif));
  expect(told).toEqual(expected);
  expect(told).toContain(true);
});

test('a pause is a gap wherever blocks begin', async () => {
  const lines = Array.from(
    { length: 300 },
    // A pause before every fifth event: some stand at the beginning of a block.
    (_, at) =>
      `  a-1 [000] ..... ${(at * 0.01 + Math.floor(at / 5)).toFixed(6)}: kvm_entry: vcpu 0, rip 0x1000`,
  );
  const visited = await visitedIn(textSource(`${lines.join('\n')}\n`));
  expect(visited[0]?.pause).toBeUndefined();
  expect(visited.map(({ isGap }) => isGap)).toEqual(lines.map((_, at) => at > 0 && at % 5 === 0));
  expect(longPause).toBeGreaterThan(0.01);
});
