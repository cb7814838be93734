import { expect, test } from 'vitest';
import { parseProgram } from '#program/parse.ts';
import type { StepRun } from '#program/runner.ts';
import { viewAt } from './derive.ts';
import { evidenceOf, knownEvidence, type Evidence } from './evidence.ts';
import { finish, recordings } from './recordings.testing.ts';
import { startSession } from './session.ts';
import { stepForward } from './steps.ts';

const host = { vgif: false, vls: false, nrips: false, gpErratum: true };
const vmcb12 = { nestedPaging: false };
const guest = { efer: ['LME', 'LMA', 'NX', 'SVME'] };
const code = {
  l1: [{ do: 'VMRUN' }],
  l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }],
};

function madeOf(kernel: string, document: object, steps: number): StepRun {
  const program = parseProgram({ format: 'svmscope/program@1', title: 'a test', guest, code, ...document });
  if (!program.ok) throw new Error(program.error.message);
  let session = startSession(program.value, [kernel]);
  for (let count = 0; count < steps; count += 1) session = stepForward(session);
  const { made } = viewAt(session, kernel).derived;
  if (!made) throw new Error('nothing was made');
  return made;
}

const evidence = (made: StepRun): Evidence => finish(evidenceOf(recordings, made));

test('a step on a recorded kernel and host is held against its recording', () => {
  const made = madeOf('6.12+merged', { host, vmcb12 }, 2);
  const found = evidence(made);
  if (found.kind !== 'recorded') throw new Error(found.kind);
  expect(found.recording).toMatchObject({ agrees: true, release: 'Linux 6.12.117' });
  expect(found.recording.moment.case).toMatch(/^S07/);
  expect(found.recording.checks.map(({ about, state }) => `${about} ${state}`)).toEqual(
    expect.arrayContaining(['path agrees', 'exit agrees', 'EFER.SVME agrees', 'what runs next agrees']),
  );
  const rows = found.recording.rows ?? [];
  expect(rows.flatMap(({ model }) => model ?? [])).toEqual(made.step.path);
  expect(rows.flatMap(({ recorded }) => (recorded ? [recorded.fn] : []))).toEqual(
    found.recording.moment.path?.map((word) => word.replaceAll('.', '')),
  );
  expect(knownEvidence(made)).toBe(found);
});

test('on another host it says in which facts the nearest recording differs', () => {
  const found = evidence(madeOf('6.12', {}, 2));
  if (found.kind !== 'other-state') throw new Error(found.kind);
  expect(found.nearest?.differing).toEqual(['vgif']);
});

test('an operation that no recording has says so', () => {
  const found = evidence(madeOf('6.12', { code: { l1: [{ do: 'SKINIT' }], l2: [] } }, 1));
  expect(found).toEqual({ kind: 'other-state', nearest: undefined });
});

test('a kernel without recordings names the nearest that have', () => {
  const found = evidence(madeOf('7.1', { host, vmcb12 }, 2));
  if (found.kind !== 'other-kernel') throw new Error(found.kind);
  expect(found.recorded).toEqual(['6.12', '6.12+v1', '6.12+v2', '6.12+merged', '6.12+gif']);
  expect(found.nearest.map(({ id }) => id)).toEqual(['6.12+merged', '6.12+gif']);
});
