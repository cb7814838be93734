import { expect, test } from 'vitest';
import { present } from '#base/assert.ts';
import { kernel } from '#kvm/kernels.ts';
import { recordedMoments, type RecordedMoment } from '#program/evidence.ts';
import { parseProgram } from '#program/parse.ts';
import { start, step, type StepRun } from '#program/runner.ts';
import { stepChecks, type Check } from './evidence-checks.ts';
import { recordings } from './recordings.testing.ts';

const name = 'S19-clgi-then-clear-svme';
const recorded = present(recordings.cases[name], name);
const built = kernel('6.12');
const program = parseProgram(recorded.program);
if (!built.ok || !program.ok) throw new Error('cannot be run');
const moments = recordedMoments(built.value, { [name]: recorded }, recordings.vocabulary);
const clgi = present(step(start(built.value, program.value)), 'CLGI');

const checksOf = (made: StepRun, moment: RecordedMoment): Readonly<Record<string, Check>> =>
  Object.fromEntries(stepChecks(made, moment, undefined).map((check) => [check.about, check]));

test('what was recorded is compared, thing by thing', () => {
  const checks = checksOf(clgi, moments[0]!);
  expect(Object.values(checks).every(({ state }) => state === 'agrees')).toBe(true);
  expect(checks['GIF']).toEqual({ about: 'GIF', state: 'agrees', model: '0', recorded: '0' });
});

test('another state after the step differs, where it was alike before', () => {
  const moment = {
    ...moments[0]!,
    step: { ...moments[0]!.step, exit: 'stgi', after: { gif: true, next: 'none' } },
  };
  const checks = checksOf(clgi, moment);
  expect(checks['GIF']?.state).toBe('differs');
  expect(checks['exit']).toMatchObject({ state: 'differs', recorded: 'stgi' });
  expect(checks['what runs next']).toMatchObject({ state: 'differs', model: 'L1', recorded: 'nothing' });
});

test('what was otherwise before the step already is not compared', () => {
  // The second step of the recording begins with GIF clear, the first with GIF set.
  const moment = { ...moments[1]!, step: { ...moments[1]!.step, after: { gif: true } } };
  expect(checksOf(clgi, moment)['GIF']?.state).toBe('not-compared');
});

test('what was not recorded is left out', () => {
  const moment = {
    ...moments[0]!,
    step: { actor: 'L1', context: 'L1', op: 'CLGI', after: { gif: null } } as const,
  };
  expect(stepChecks(clgi, moment, undefined)).toEqual([]);
});

test('a path that differs says how many entries only one side has', () => {
  const entry = { fn: 'clgi_interception', depth: 0 };
  const rows = [
    { kind: 'same', model: entry, recorded: entry },
    { kind: 'model', model: entry, recorded: undefined },
    { kind: 'outside', model: entry, recorded: undefined },
  ] as const;
  expect(stepChecks(clgi, moments[0]!, rows)[0]).toEqual({
    about: 'path',
    state: 'differs',
    model: '1 entry only',
    recorded: '0 entries only',
  });
  expect(stepChecks(clgi, moments[0]!, rows.slice(0, 1))[0]).toMatchObject({
    state: 'agrees',
    model: '1 entry',
  });
});
