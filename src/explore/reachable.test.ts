import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { nodeRuns } from '#kvm/recorder.ts';
import { ChartPort } from '#machine/chart-port.ts';
import { regions, stateOf, type VcpuSnapshot } from '#machine/facts.ts';
import { operateFromUserspace, operateInGuest } from '#program/operate.ts';
import { start, step, type StepRun } from '#program/runner.ts';
import type { Op, Program } from '#program/types.ts';
import { isUserspaceOp, whyNot } from '#session/possible.ts';
import { reduced, type Bounds } from './bounds.ts';
import { drain } from '#base/drain.ts';
import { howTo, type Goal, type HowTo } from './reachable.ts';
import { Space } from './space.ts';
import type { Witness } from './witness.ts';

const { setups, operations } = reduced.parts[0]!;

const boundsOf = (...lists: readonly (readonly Op[])[]): Bounds => ({
  id: 'small',
  parts: lists.map((ops) => ({ about: 'a few operations', setups, operations: ops })),
});

function ask(id: string, goal: Goal, bounds: Bounds = reduced): HowTo {
  const kernel = kernelOf(id);
  return drain(howTo(new Space([kernel], bounds), kernel, goal));
}

function carriedOut(kernel: Kernel, before: VcpuSnapshot, op: Op): VcpuSnapshot {
  const port = new ChartPort(before);
  port.apply({ type: 'WRITE', register: 'warned', value: 0 });
  const interpreter = new Interpreter(kernel, port);
  if (isUserspaceOp(op)) operateFromUserspace(interpreter, port, op);
  else operateInGuest(interpreter, port, op);
  return port.snapshot;
}

/** The fewest operations after which it is so, by trying them all on the statechart; undefined if more than `limit`. */
function plainly(kernel: Kernel, { region, state }: Goal, ops: readonly Op[], limit: number) {
  let layer = setups.map((setup) => start(kernel, setup).snapshot);
  const known = new Set<string>();
  for (let depth = 0; depth <= limit; depth += 1) {
    if (layer.some((one) => stateOf(one, region) === state)) return depth;
    const next = layer.flatMap((one) =>
      ops.filter((op) => whyNot(one, op) === undefined).map((op) => carriedOut(kernel, one, op)),
    );
    layer = next.filter(({ value, context }) => {
      const key = JSON.stringify([value, context]);
      return !known.has(key) && known.add(key);
    });
  }
  return undefined;
}

/** The program as the runner carries it out, up to the witness's step. */
function ran(kernel: Kernel, { program, step: last }: Witness): readonly StepRun[] {
  const steps: StepRun[] = [];
  for (let state = start(kernel, program); steps.length <= last;) {
    const made = present(step(state), 'a step');
    steps.push(made);
    state = made.state;
  }
  return steps;
}

/** Whether the runner confirms what was found. */
function confirmed(kernel: Kernel, found: HowTo, { region, state }: Goal): boolean {
  if (found.kind === 'never') return false;
  const last = ran(kernel, found.witness).at(-1);
  if (found.kind === 'inside') return stateOf(last!.moments[found.micro - 1]!, region) === state;
  const end = last?.state ?? start(kernel, found.witness.program);
  return stateOf(end.snapshot, region) === state;
}

/** How many operations lead there. */
const lengthOf = (found: HowTo): number | undefined =>
  found.kind === 'between' ? found.witness.step + 1 : undefined;

describe('a program that leads there', () => {
  const few: readonly Op[] = [
    { do: 'VMRUN' },
    { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] },
    { do: 'EXIT' },
    { do: 'KVM_RUN' },
    { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
  ];

  test.each<[number, Goal]>([
    [0, { region: 'svme', state: 'set' }],
    [1, { region: 'guestMode', state: 'l2' }],
    [2, { region: 'run', state: 'shutdown' }],
    [3, { region: 'getNestedStatePages', state: 'pending' }],
  ])('is %i operations long, as by trying them all: %j', (length, goal) => {
    const kernel = kernelOf('7.1');
    const found = ask('7.1', goal, boundsOf(few));
    expect(lengthOf(found)).toBe(length);
    expect(plainly(kernel, goal, few, length)).toBe(length);
    expect(confirmed(kernel, found, goal)).toBe(true);
  });

  test.each(Array.from({ length: 16 }, (_, index) => index + 1))(
    'is as short with operations at random, seed %i',
    (seed) => {
      const random = seededRandom(seed);
      const kernel = kernelOf(random.pick(['7.0', '7.0+v1', '7.1']));
      const ops = operations.filter(() => random.next(3) === 0);
      const region = random.pick(regions);
      const goal: Goal = { region: region.name, state: random.pick(region.states) };
      const found = ask(kernel.id, goal, boundsOf(ops));
      const limit = 3;
      const length = lengthOf(found);
      expect(length !== undefined && length <= limit ? length : undefined).toBe(
        plainly(kernel, goal, ops, limit),
      );
    },
  );

  test('is the shortest of all parts', () => {
    const goal: Goal = { region: 'run', state: 'shutdown' };
    const short: readonly Op[] = [{ do: 'TRIPLE_FAULT' }];
    expect(lengthOf(ask('7.1', goal, boundsOf(few, short, few)))).toBe(1);
  });

  test('is none where the programs begin so', () => {
    const found = ask('7.0', { region: 'svme', state: 'set' });
    const witness = present(found.kind === 'between' ? found.witness : undefined, 'a witness');
    expect(witness.step).toBe(-1);
    expect(witness.program.code.l1).toEqual([]);
  });
});

describe('a program that passes through it', () => {
  test.each<[string, Goal, readonly Op['do'][]]>([
    ['7.1', { region: 'tripleFault', state: 'pending' }, ['VMRUN', 'WRMSR']],
    ['7.0', { region: 'event', state: 'pending' }, ['VMRUN']],
    ['7.0', { region: 'run', state: 'kvm' }, ['WRMSR']],
  ])('on %s, to %j', (id, goal, ops) => {
    const kernel = kernelOf(id);
    const found = ask(id, goal);
    expect(found.kind).toBe('inside');
    if (found.kind !== 'inside') return;
    const steps = ran(kernel, found.witness);
    expect(steps.map((one) => one.step.op.do)).toEqual(ops);
    expect(confirmed(kernel, found, goal)).toBe(true);
    // It is the first such moment, and no operation ends so.
    const moments = steps.at(-1)!.moments.slice(0, found.micro - 1);
    expect(moments.some((one) => stateOf(one, goal.region) === goal.state)).toBe(false);
    expect(steps.some((one) => stateOf(one.state.snapshot, goal.region) === goal.state)).toBe(false);
  });
});

/** The setups and operations of the bounds, carried out at random: the values that a test of the code had. */
function valuesOf(kernel: Kernel, fn: string, text: string, seed: number): ReadonlySet<boolean> {
  const random = seededRandom(seed);
  const values = new Set<boolean>();
  const program: Program = {
    ...random.pick(setups),
    code: {
      l1: Array.from({ length: 12 }, () => random.pick(operations.filter((op) => !isUserspaceOp(op)))),
      l2: Array.from({ length: 12 }, () =>
        random.pick(operations.filter((op) => !isUserspaceOp(op) && op.do !== 'VMCB12')),
      ),
      smm: [],
    },
    userspace: Array.from({ length: 12 }, () => random.pick(operations.filter(isUserspaceOp))),
  };
  for (let made = step(start(kernel, program)); made; made = step(made.state))
    for (const { fn: owner, run } of nodeRuns(made.calls))
      if (owner.name === fn && run.node.text === text) values.add(run.value !== 0);
  return values;
}

describe('where nothing leads there', () => {
  test('a patch is named that would, and where', () => {
    const found = ask('7.0', { region: 'recalcIntercepts', state: 'pending' });
    expect(found).toEqual({
      kind: 'never',
      why: {
        sentence:
          'Nothing in 7.0 sends REQUEST_RECALC_INTERCEPTS; only recalc adds it, in svm_set_efer() and init_vmcb().',
        patches: ['recalc'],
      },
    });
    expect(ask('7.1', { region: 'recalcIntercepts', state: 'pending' }).kind).not.toBe('never');
  });

  test('no patch is named where only an operation itself would', () => {
    const goal: Goal = { region: 'smi', state: 'pending' };
    const found = ask('7.1', goal);
    expect(found).toMatchObject({ kind: 'never', why: { patches: [] } });
    const more = ask('7.1', goal, boundsOf([...operations, { do: 'KVM_SMI' }]));
    expect(lengthOf(more)).toBe(2);
  });

  test.each<[string, Goal, string, string, boolean]>([
    ['around it', { region: 'run', state: 'halted' }, 'vcpu_run', 'kvm_vcpu_running(vcpu)', true],
    [
      'around a call on the way',
      { region: 'smm', state: 'inside' },
      'kvm_check_and_inject_events',
      'vcpu->arch.smi_pending',
      false,
    ],
    [
      'that returns before it',
      { region: 'tripleFault', state: 'pending' },
      'kvm_multiple_exception',
      '!exception.pending && !exception.injected',
      true,
    ],
  ])('the test %s is named, with the value that it always has', (_, goal, fn, text, value) => {
    const found = ask('7.0', goal);
    const why = present(found.kind === 'never' ? found.why : undefined, 'a reason');
    expect(why.blocker).toEqual({ fn, test: text, value });
    expect(why.sentence).toContain(`\`${text}\``);
    const seen = [1, 2, 3, 4, 5, 6].flatMap((seed) => [...valuesOf(kernelOf('7.0'), fn, text, seed)]);
    expect(new Set(seen)).toEqual(new Set([value]));
  });

  test('and nothing comes near it, no test is named', () => {
    const found = ask('7.0', { region: 'smm', state: 'inside' }, boundsOf([]));
    expect(found).toEqual({
      kind: 'never',
      why: {
        sentence: 'ENTER_SMM is sent in kvm_smm_changed(), and nothing that was tried comes to do it.',
        patches: [],
      },
    });
  });
});

test('every state of the chart has an answer, plain data, and the runner confirms each program', () => {
  const kernel = kernelOf('7.1');
  const space = new Space([kernel], reduced);
  for (const { name, states } of regions)
    for (const state of states) {
      const goal: Goal = { region: name, state };
      const found = drain(howTo(space, kernel, goal));
      expect(structuredClone(found)).toEqual(found);
      expect(confirmed(kernel, found, goal)).toBe(found.kind !== 'never');
    }
});

test('a state that the chart does not have is a mistake of the program', () => {
  expect(() => ask('7.0', { region: 'gif', state: 'half' })).toThrow('gif has a state half');
});
