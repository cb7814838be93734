import { beforeAll, describe, expect, test } from 'vitest';

import { allKernelIds, recordedKernelIds } from '#kvm/kernels.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { programToJson } from '#program/format.ts';
import { parseProgram } from '#program/parse.ts';
import { insert, run, start, step, type RunState } from '#program/runner.ts';
import type { Op, Program } from '#program/types.ts';
import { whyNot } from '#session/possible.ts';
import { reduced, standard } from './bounds.ts';
import { check, type KernelVerdict } from './check.ts';
import { drain } from '#base/drain.ts';
import { Space } from './space.ts';

const ids = [...allKernelIds, ...recordedKernelIds];

let verdicts: readonly KernelVerdict[];
beforeAll(() => {
  const kernels = ids.map(kernelOf);
  verdicts = drain(check(new Space(kernels, standard), kernels));
}, 60_000);

const verdictOf = (kernel: string, id: string) =>
  verdicts.find((one) => one.kernel === kernel)!.invariants.find((one) => one.id === id)!;

/** The operations of a witness, as they are carried out. */
function told(kernel: string, id: string): readonly string[] {
  const { program, step: last } = verdictOf(kernel, id).witness!;
  return run(kernelOf(kernel), program)
    .steps.slice(0, last + 1)
    .map(({ actor, op }) => `${actor} ${op.do}`);
}

describe('every kernel against every invariant', () => {
  // I18 and I19: what userspace does by itself, KVM_SET_VCPU_EVENTS and sync regs, is the same on every kernel but v1.
  test('what is broken', () => {
    const broken = verdicts.map(({ kernel, invariants }) => [
      kernel,
      invariants.flatMap(({ id, verdict }) => (verdict === 'broken' ? [id] : [])).join(' '),
    ]);
    expect(broken).toEqual([
      ['7.0', 'I11 I14 I18 I19'],
      ['7.0+v1', 'I6 I11 I19'],
      ['7.0+v2', 'I11 I13 I18 I19 I20'],
      ['7.0+hook', 'I11 I14 I18 I19 I20'],
      ['7.1', 'I11 I13 I14 I18 I19 I20'],
      ['6.12', 'I14 I18 I19'],
      ['6.12+v1', 'I6 I12 I19'],
      ['6.12+v2', 'I13 I18 I19 I20'],
      ['6.12+merged', 'I13 I14 I18 I19 I20'],
      ['6.12+gif', 'I14 I18 I19'],
    ]);
  });

  test('what is not applicable says why', () => {
    for (const { invariants } of verdicts)
      expect(
        invariants.filter(({ verdict }) => verdict === 'not-applicable').map(({ id, why }) => [id, why]),
      ).toEqual([
        ['I4', 'the chart holds the current VMCB once, so it cannot disagree with itself'],
        ['I17', 'the pause-loop window is not part of the model'],
      ]);
  });

  test('what the list discussion found, and what it did not', () => {
    expect(told('7.0', 'I14')).toEqual(['L1 VMRUN', 'L2 WRMSR']);
    expect(told('7.0+v1', 'I6')).toEqual(['L1 VMRUN', 'L2 WRMSR']);
    expect(told('7.0+v1', 'I19')).toEqual(['L1 VMRUN', 'L2 WRMSR']);
    expect(told('7.0+v2', 'I13')).toEqual(['L1 VMRUN', 'L2 EXIT', 'userspace KVM_SET_SREGS']);
    expect(told('7.0+v2', 'I20')).toEqual(['L1 VMRUN', 'L2 WRMSR', 'userspace KVM_RUN']);
    expect(told('7.1', 'I20')).toEqual(['L1 VMRUN', 'L2 WRMSR', 'userspace KVM_RUN']);
    // merged: the false positive, and the false negative.
    expect(told('6.12+merged', 'I13')).toEqual(['L1 VMRUN', 'L2 EXIT', 'userspace KVM_RUN']);
    expect(verdictOf('6.12+merged', 'I13').witness!.program.userspace).toEqual([
      { do: 'KVM_RUN', syncSregs: { efer: { clear: ['SVME'] } } },
    ]);
    expect(told('6.12+merged', 'I14')).toEqual([
      'L1 VMRUN',
      'L2 WRMSR',
      'userspace KVM_SET_MSRS',
      'userspace KVM_RUN',
    ]);
    expect(verdictOf('6.12+merged', 'I14').witness!.program.host.eferWriteFilter).toBe(true);
  });

  test('every witness, written as a program and read again, breaks what it says where it says', () => {
    for (const { kernel, invariants } of verdicts) {
      for (const { id, witness } of invariants) {
        if (!witness) continue;
        const parsed = parseProgram(JSON.parse(JSON.stringify(programToJson(witness.program))));
        expect(parsed.ok, `${id} on ${kernel}`).toBe(true);
        const report = run(kernelOf(kernel), (parsed as { value: Program }).value);
        const at = report.violations
          .filter(({ invariant }) => invariant === id)
          .map(({ step: when }) => when);
        expect(at, `${id} on ${kernel}`).toContain(witness.step);
        expect(Math.min(...at)).toBe(witness.step);
        expect(report.steps).toHaveLength(witness.step + 1);
      }
    }
  });
});

/** The fewest operations that break each invariant, found on the statechart with nothing clever: every way, by length. */
function plainly(kernel: string, setup: Program, operations: readonly Op[], depth: number) {
  const found = new Map<string, number>();
  const seen = new Set<string>();
  let level: RunState[] = [start(kernelOf(kernel), setup)];
  for (let length = 1; length <= depth; length += 1) {
    const next: RunState[] = [];
    for (const state of level) {
      for (const op of operations.filter((one) => whyNot(state.snapshot, one) === undefined)) {
        const made = step(insert(state, op));
        if (!made) continue;
        for (const id of made.violations) if (!found.has(id)) found.set(id, length);
        const { snapshot, history, code, userspace, userspaceAt } = made.state;
        const key = JSON.stringify([snapshot.value, snapshot.context, history, code, userspace, userspaceAt]);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(made.state);
      }
    }
    level = next;
  }
  return found;
}

describe('a witness is as short as plain search on the statechart finds', () => {
  const few = new Set(['WRMSR', 'VMRUN', 'EXIT', 'KVM_RUN', 'KVM_SET_SREGS']);
  const part = {
    about: 'a few operations',
    setups: reduced.parts[0]!.setups.slice(0, 1),
    operations: reduced.parts[0]!.operations.filter((op) => few.has(op.do)),
  };

  test.each(['7.0', '7.0+v1', '7.0+v2', '7.1'])('%s', { timeout: 60_000 }, (id) => {
    const depth = 4;
    const plain = plainly(id, part.setups[0]!, part.operations, depth);
    const kernels = [kernelOf(id)];
    const [verdict] = drain(check(new Space(kernels, { id: 'few', parts: [part] }), kernels));
    const clever = verdict!.invariants.flatMap(({ id: name, witness }) =>
      witness && witness.step < depth ? [[name, witness.step + 1] as const] : [],
    );
    expect(new Map(clever)).toEqual(plain);
    expect(plain.size).toBeGreaterThan(0);
  });
});

test('progress counts the explorations', () => {
  const kernels = ['7.0', '7.1'].map(kernelOf);
  const heard = [...check(new Space(kernels, reduced), kernels)];
  expect(heard.length).toBeGreaterThan(1);
  expect(heard.at(-1)).toMatchObject({ kernel: '7.1', done: 1, of: 2 });
});
