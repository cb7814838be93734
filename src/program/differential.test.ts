import { describe, expect, test } from 'vitest';
import { present } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { allKernelIds, kernel, recordedKernelIds } from '#kvm/kernels.ts';
import { ChartPort } from '#machine/chart-port.ts';
import { stateIndex } from '#machine/facts.ts';
import { describePacked, packSnapshot, PackedPort } from '#machine/packed.ts';
import { boot } from './boot.ts';
import { operateFromUserspace, operateInGuest } from './operate.ts';
import {
  isOver,
  randomCodeOp,
  randomHost,
  randomIntercepts,
  randomUserspaceOp,
} from './random-op.testing.ts';
import { defaults, type Program } from './types.ts';

/**
 * The same walk over the statechart's snapshot and over the packed words, compared after every operation. Walks are
 * short and start from hosts, guests and intercepts at random, so that more of the model is seen.
 */

const operations = 10_000;
const walkLength = 60;

function randomProgram(seed: number): Program {
  const random = seededRandom(seed);
  return {
    title: `walk ${seed}`,
    host: randomHost(random),
    guest: {
      cpuidSvm: random.next(8) !== 0,
      efer: random.next(4) === 0 ? ['LME', 'LMA', 'NX'] : ['LME', 'LMA', 'NX', 'SVME'],
      gif: random.next(6) !== 0,
      hsave: random.next(8) !== 0,
    },
    vmcb12: {
      intercepts: randomIntercepts(random),
      msrpm: { EFER: { read: random.next(2) === 1, write: random.next(2) === 1 } },
      nestedPaging: random.next(2) === 1,
    },
    code: { l1: [], l2: [], smm: defaults.smm },
    userspace: [],
  };
}

/** Walk until the operations are used up; the operations that were made. */
function walk(under: Kernel, seed: number): number {
  const random = seededRandom(seed);
  const chart = new ChartPort(boot(under, randomProgram(seed)));
  const packed = new PackedPort(packSnapshot(chart.snapshot));
  const both = [chart, packed].map((port) => ({ port, interpreter: new Interpreter(under, port) }));
  for (let made = 0; made < walkLength; made += 1) {
    if (isOver(chart)) return made;
    const inGuest = chart.read('run') === stateIndex('run', 'guest');
    if (inGuest) {
      const op = randomCodeOp(random, chart);
      for (const { port, interpreter } of both) operateInGuest(interpreter, port, op);
    } else {
      const op = randomUserspaceOp(random, chart);
      for (const { port, interpreter } of both) operateFromUserspace(interpreter, port, op);
    }
    const expected = packSnapshot(chart.snapshot);
    const same = expected.every((word, index) => word === packed.words[index]);
    if (!same)
      throw new Error(
        `${under.id}, seed ${seed}, operation ${made}:\n${describePacked(packed.words)}\n${describePacked(expected)}`,
      );
  }
  return walkLength;
}

const ids = [...new Set([...allKernelIds, ...recordedKernelIds])];

describe.each(ids)('%s', (id) => {
  test(`both ports agree over ${operations} operations`, { timeout: 120_000 }, () => {
    const built = kernel(id);
    const under = present(built.ok ? built.value : undefined, id);
    let made = 0;
    for (let seed = 1; made < operations; seed += 1) made += walk(under, seed);
    expect(made).toBeGreaterThanOrEqual(operations);
  });
});
