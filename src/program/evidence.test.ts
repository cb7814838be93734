import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernel } from '#kvm/kernels.ts';
import type { RecordedCase, Vocabulary } from './conformance/compare.ts';
import { comparable } from './conformance/compare.ts';
import { evidenceFor, recordedMoments } from './evidence.ts';
import { parseProgram } from './parse.ts';
import { start, step, type StepRun } from './runner.ts';

const folder = join(import.meta.dirname, 'conformance');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const vocabulary = read('vocabulary.json') as Vocabulary;
const cases = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => /^S.*\.json$/.test(name))
    .map((name) => [name.replace('.json', ''), read(name) as RecordedCase]),
);

function steps(id: string, document: object): readonly StepRun[] {
  const built = kernel(id);
  const program = parseProgram({ format: 'svmscope/program@1', title: 'a test', ...document });
  if (!built.ok || !program.ok) throw new Error('cannot be run');
  const made: StepRun[] = [];
  for (let at = step(start(built.value, program.value)); at; at = step(at.state)) made.push(at);
  return made;
}

const host = { vgif: false, vls: false, nrips: false, gpErratum: true };
const vmcb12 = { nestedPaging: false };
const guest = { efer: ['LME', 'LMA', 'NX', 'SVME'] };
const l2 = [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }];

function found(id: string, document: object): readonly (string | undefined)[] {
  const built = kernel(id);
  if (!built.ok) throw new Error(id);
  const moments = recordedMoments(built.value, cases, vocabulary);
  return steps(id, document).map((made) => evidenceFor(made, moments)?.case);
}

test('a step counts as recorded wherever nothing that its code reads differs', () => {
  // The EFER write stands at another place of the listing than in the recorded program, and RDMSR comes from another.
  const moved = { host, guest, vmcb12, code: { l1: [{ do: 'RDMSR', msr: 'EFER' }, { do: 'VMRUN' }], l2 } };
  expect(found('6.12', moved).map((name) => name?.slice(0, 3))).toEqual([
    'S17',
    expect.any(String),
    'S07',
    'S07',
  ]);
});

test('nothing counts on a kernel or a host that was not recorded', () => {
  const story = { guest, vmcb12, code: { l1: [{ do: 'VMRUN' }], l2 } };
  expect(found('7.0', { host, ...story })).toEqual([undefined, undefined, undefined]);
  expect(found('6.12', story).at(1)).toBeUndefined();
});

test('the recorded path is that of the model', () => {
  const built = kernel('6.12+merged');
  if (!built.ok) throw new Error('6.12+merged');
  const moments = recordedMoments(built.value, cases, vocabulary);
  const write = steps('6.12+merged', { host, guest, vmcb12, code: { l1: [{ do: 'VMRUN' }], l2 } })[1]!;
  const evidence = evidenceFor(write, moments);
  expect(evidence?.path).toContain('.........svm_set_efer');
  expect(evidence?.path).toEqual(comparable(write.step.path, vocabulary));
});
