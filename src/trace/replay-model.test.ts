import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { exitTraceName } from '#isa/exit-codes.ts';
import { Interpreter, type Observer } from '#kvm/interpreter.ts';
import { everyKernelId, kernelOf } from '#kvm/kernels.testing.ts';
import { msrIndex } from '#kvm/functions/msr.ts';
import { exitReasonName } from '#kvm/words.ts';
import { ChartPort } from '#machine/chart-port.ts';
import { regions, stateIndex, stateOf } from '#machine/facts.ts';
import { boot } from '#program/boot.ts';
import { operateFromUserspace, operateInGuest } from '#program/operate.ts';
import {
  isOver,
  randomCodeOp,
  randomHost,
  randomIntercepts,
  randomUserspaceOp,
} from '#program/random-op.testing.ts';
import { defaults, type Program } from '#program/types.ts';
import type { Told } from './questions.ts';
import { eferMsr } from './replay-facts.ts';
import { compared, glance, wholeGroup } from './replay.testing.ts';
import { nothingKnown, toldOf } from './replay-state.ts';
import { stepReplay } from './replay.ts';
import type { Glance } from './replayer.ts';

/**
 * Walks at random over the model, whose tracepoints are replayed: what the events tell must be so on every kernel,
 * whatever the guest and userspace do between two of them.
 */

/** On each kernel. */
const operations = 500;
const walkLength = 60;

function randomProgram(seed: number): Program {
  const random = seededRandom(seed);
  return {
    title: `walk ${seed}`,
    host: randomHost(random),
    guest: {
      cpuidSvm: true,
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

type Args = Readonly<Record<string, number>>;

/** A tracepoint of the model as a line of a recording would have it. */
function glanceAt(event: string, args: Args, port: ChartPort): Glance {
  const of = (name: string): number => present(args[name], `${name} of ${event}`);
  switch (event) {
    case 'kvm_entry':
      return glance(event, { rip: port.read('rip') === 0 ? 0xfff0n : BigInt(port.read('rip')) + 0x1000n });
    case 'kvm_exit':
    case 'kvm_nested_vmexit':
      return glance(event, { reason: exitTraceName(of('exit_code') | 0) });
    case 'kvm_msr':
      return glance(event, {
        msr: of('ecx') === msrIndex.EFER ? eferMsr : of('ecx'),
        value: BigInt(of('data') >>> 0),
        write: of('write') === 1,
        gp: of('exception') === 1,
      });
    case 'kvm_smm_transition':
      return glance(event, { entering: of('entering') === 1 });
    case 'kvm_userspace_exit':
      return glance(event, { reason: of('errno') < 0 ? 'error' : exitReasonName(of('reason')) });
    default:
      return glance(event);
  }
}

/** Replays what fires, and holds what is told at entries and exits against the model. */
class Watcher implements Observer {
  state = stepReplay(nothingKnown, wholeGroup);
  known = 0;
  asked = 0;
  readonly wrong: string[] = [];
  private readonly port: ChartPort;

  constructor(port: ChartPort) {
    this.port = port;
  }

  enter(): void {}
  leave(): void {}
  node(): void {}

  trace(event: string, args: Args): void {
    // The end of KVM_RUN finishes a way through the kernel as an entry does.
    if (event === 'kvm_userspace_exit') this.hold(event);
    this.state = stepReplay(this.state, glanceAt(event, args, this.port));
    if (event === 'kvm_entry' || event === 'kvm_exit') this.hold(event);
  }

  private hold(event: string): void {
    const truth: Told = Object.fromEntries(
      regions
        // The processor's own way in and out lies between the event and what it tells of `run`.
        .filter(({ name }) => name !== 'run')
        .map(({ name }) => [name, stateOf(this.port.snapshot, name)]),
    );
    const { wrong, known } = compared(toldOf(this.state), truth);
    this.wrong.push(...wrong.map((words) => `${event}: ${words}`));
    this.known += known;
    this.asked += regions.length - 2;
  }
}

function walk(id: string, seed: number): { readonly made: number; readonly watcher: Watcher } {
  const random = seededRandom(seed);
  const under = kernelOf(id);
  const port = new ChartPort(boot(under, randomProgram(seed)));
  const watcher = new Watcher(port);
  const interpreter = new Interpreter(under, port, watcher);
  let made = 0;
  for (; made < walkLength && !isOver(port); made += 1) {
    if (port.read('run') === stateIndex('run', 'guest'))
      operateInGuest(interpreter, port, randomCodeOp(random, port));
    else operateFromUserspace(interpreter, port, randomUserspaceOp(random, port));
    expect(watcher.wrong, `seed ${seed}, operation ${made}`).toEqual([]);
  }
  return { made, watcher };
}

describe.each(everyKernelId)('%s', (id) => {
  test('what events tell is so', () => {
    let [made, known, asked] = [0, 0, 0];
    for (let seed = 1; made < operations; seed += 1) {
      const one = walk(id, seed);
      made += one.made;
      known += one.watcher.known;
      asked += one.watcher.asked;
    }
    // A third, as measured: that nothing is said would be no success.
    expect(known / asked).toBeGreaterThan(0.33);
  });
});
