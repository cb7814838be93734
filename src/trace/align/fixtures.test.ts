import { describe, expect, test } from 'vitest';
import { fixtures } from '../source.testing.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import type { Ranking } from '../questions.ts';
import { align, seenIn, vocabulary } from './align.testing.ts';
import { alignAll, rankedKernelIds } from './rank.ts';

/** Shipped recordings held against kernels: those in which kernels part; `npm run bench:rank` takes all of them. */

const parting = /\/S(05|07|07b|16|22|27a|28a|32)-/;

const names = fixtures
  .map(({ name }) => name)
  .filter((name) =>
    /^(events|function-graph\/[^/]+(v1|v2|merged|gif|6\.12))\//.test(name)
      ? parting.test(name)
      : /^long\/(state_test|L05.*v[12])/.test(name),
  );

const kernels = rankedKernelIds.map(kernelOf);

/** A recording whose episodes are all new takes seconds. */
const timeout = 60_000;

/** The kernel after which a recording, or its folder, is named. */
const kernelOfRecording = (name: string): string => /6\.12(\+[a-z][a-z0-9]*)?/.exec(name)![0];

async function rankingOf(name: string): Promise<Ranking> {
  const seen = await seenIn(name);
  const batches = async function* () {
    yield seen;
  };
  return alignAll(batches(), kernels, vocabulary);
}

describe('the own kernel explains all of it, and no other does better', () => {
  test.each(names)(
    '%s',
    async (name) => {
      const ranking = await rankingOf(name);
      const own = ranking.kernels.find(({ kernel }) => kernel === kernelOfRecording(name))!;
      expect(own.mismatches).toEqual([]);
      expect(own.undecided).toBe(0);
      expect(own.place).toBe(1);
      expect(own.events.explained).toBeGreaterThan(0);
    },
    timeout,
  );
});

describe('kernels that do something else are told apart', () => {
  test.each([
    ['events/6.12/S07-', ['6.12', '6.12+gif', '7.0']],
    ['events/6.12+v1/S07-', ['6.12+v1', '7.0+v1']],
    ['events/6.12+v2/S07-', ['6.12+v2', '6.12+merged', '7.0+v2', '7.0+hook', '7.1']],
    ['function-graph/6.12+v1/S16-', ['6.12+v1']],
    ['function-graph/6.12+v2/S16-', ['6.12+v2']],
    ['function-graph/6.12+gif/S16-', ['6.12+gif']],
  ])(
    '%s: %j',
    async (name, best) => {
      const { kernels: all } = await rankingOf(name);
      expect(all.filter(({ place }) => place === 1).map(({ kernel }) => kernel)).toEqual(best);
    },
    timeout,
  );
});

const s07 = 'events/6.12/S07-l2-clear-svme-no-msrprot';

test('other kernels do not what the unpatched one did', async () => {
  const seen = await seenIn(s07);
  for (const kernel of ['6.12+v2', '6.12+merged'])
    expect(align(seen, kernel).mismatches[0]?.expected.at(-1)).toBe('kvm_userspace_exit KVM_EXIT_SHUTDOWN');
}, 60_000);

test('an event that is missing, or another value, is not explained', async () => {
  const seen = await seenIn(s07);
  const nested = seen.findIndex(
    (one) =>
      one.kind === 'event' &&
      one.name === 'kvm_nested_vmexit' &&
      one.args.of === 'exit' &&
      one.args.reason === 'io',
  );
  const missing = align(seen.toSpliced(nested, 1), '6.12');
  expect(missing.impossible + missing.undecided).toBeGreaterThan(0);
  const kept = seen.map((one) =>
    one.kind === 'event' && one.args.of === 'msr' ? { ...one, args: { ...one.args, value: 0x1d00n } } : one,
  );
  const other = align(kept, '6.12');
  expect(other.impossible + other.undecided).toBeGreaterThan(0);
}, 60_000);

test.each(names.filter((name) => /^events\/.*\/S0[57]-/.test(name)))(
  "%s: L2's code as L1's is found where it was",
  async (name) => {
    const { findings } = align(await seenIn(name), kernelOfRecording(name));
    expect(findings.length).toBe(/6\.12\/S07/.test(name) ? 1 : 0);
  },
  timeout,
);
