import { expect, test } from 'vitest';

import { openRecording } from './recording-answers.ts';
import type { EventQuery } from './questions.ts';
import { textSource } from './source.testing.ts';

const running = { aborted: false };

/** Two vCPUs, of which one has its say only at the beginning. */
const text = [
  ' b-9  [001] d....  1.000000: kvm_entry: vcpu 1, rip 0x9000',
  ...Array.from({ length: 9000 }, (_, round) => {
    const reason = round % 100 === 7 ? 'msr' : 'hlt';
    const time = (2 + round / 1000).toFixed(6);
    return ` a-8  [000] d....  ${time}: ${
      round % 2 === 0
        ? `kvm_entry: vcpu 0, rip 0x${round.toString(16)}`
        : `kvm_exit: vcpu 0 reason ${reason} rip 0x${round.toString(16)} info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000`
    }`;
  }),
].join('\n');

async function asked() {
  const questions = await openRecording(textSource(text), running, () => undefined);
  if (!questions) throw new Error('nobody stopped it');
  return questions;
}

test('all matches are those that are found one after the other, as many as are counted', async () => {
  const questions = await asked();
  for (const query of [
    { reason: 'msr' },
    { vcpu: 0 },
    { text: 'KVM_ENTRY: vcpu 1, ' },
    { rip: 0x10n },
  ] satisfies EventQuery[]) {
    const all = await questions.matches(query, running);
    const found: number[] = [];
    for (let at = await questions.find(query, -1, 1, running); at !== undefined;) {
      found.push(at);
      at = await questions.find(query, at, 1, running);
    }
    expect([...all]).toEqual(found);
    expect(await questions.count(query, running)).toBe(all.length);
    expect(all.length).toBeGreaterThan(0);
  }
});

test('what a vCPU told long ago is still known, and one that said nothing yet told nothing', async () => {
  const questions = await asked();
  const first = await questions.told(0, 0);
  expect(first.run).toBeDefined();
  expect(await questions.told(0, 9000)).toEqual(first);
  expect(await questions.told(1, 0)).toEqual({});
});

test('an overview counts every event of the stretch once, or those of one vCPU', async () => {
  const questions = await asked();
  const total = async (vcpu: number | undefined): Promise<number> => {
    const { buckets } = await questions.overview(vcpu, 0, questions.summary.events, 64);
    return buckets.flatMap(({ lanes }) => Object.values(lanes)).reduce((sum, count) => sum + count, 0);
  };
  expect(await total(undefined)).toBe(9001);
  expect(await total(0)).toBe(1);
});

test('a recording that is stopped is none', async () => {
  expect(await openRecording(textSource(text), { aborted: true }, () => undefined)).toBeUndefined();
});
