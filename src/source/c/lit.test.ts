import { expect, test } from 'vitest';

import { codeView } from '#session/code-view.ts';
import { viewsAt } from '#session/derive.ts';
import { startSession } from '#session/session.ts';
import { microTo, stepForward } from '#session/steps.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { present } from '#base/assert.ts';
import { callAt, callsOfRun, litSource } from './lit.ts';
import { sourceOf } from './model.testing.ts';

const story = present(scenarios[0], 'a scenario');
const after = stepForward(stepForward(startSession(story.program, ['7.1'])));
const column = present(codeView(viewsAt(after)).columns[0], 'a kernel');
const { kernel } = column;
const made = present(column.made, 'an operation');
const source = sourceOf(kernel);
const call = present(
  [...callsOfRun(made.calls)].find(({ call: { fn } }) => fn.name === 'svm_set_efer'),
  'svm_set_efer() ran',
).call;
const tied = present(source.tied(kernel, call.fn), 'its source');
const file = present(
  source.tree.files.find(({ name }) => name === tied.source.file),
  'its file',
);
const textAt = (line: number): string => file.lines[line - 1]!.trim();

test('the lines of what ran are lit, tests with how they came out, and the other branch is dead', () => {
  const { lines, dead } = litSource(tied, call, undefined, tied.source);
  const lit = new Map([...lines].map(([line, one]) => [textAt(line), one]));
  expect(lit.get('if (!(efer & EFER_SVME)) {')).toMatchObject({ state: 'ran', values: [true] });
  expect(lit.get('svm_leave_nested(vcpu);')).toMatchObject({ state: 'ran', values: [] });
  expect(lit.get('if (!npt_enabled) {')).toMatchObject({ values: [false] });
  expect([...dead].map(textAt)).toContain('svm_allocate_nested(vcpu);');
  expect([...dead].map(textAt)).toContain('efer |= EFER_NX;');
  expect([...dead].filter((line) => lines.has(line))).toEqual([]);
});

test('inside the operation the last node done is here, and what follows is to come', () => {
  const at = present(call.steps[4], 'a step').index + 1;
  const { lines } = litSource(tied, call, at, tied.source);
  const here = [...lines].filter(([, { state }]) => state === 'here');
  const later = [...lines].filter(([, { state }]) => state === 'later');
  expect(here.length).toBe(1);
  expect(later.length).toBeGreaterThan(0);
  expect(Math.min(...later.map(([line]) => line))).toBeGreaterThan(here[0]![0]);
  expect(viewsAt(microTo(after, at))[0]?.derived.made).toBe(made);
});

test('a function that was just entered is lit where it is named', () => {
  const { lines } = litSource(tied, call, call.index + 1, tied.source);
  expect(lines.get(tied.source.nameLine)?.state).toBe('here');
});

test('a micro-step is in the innermost call around it', () => {
  for (const { call: one } of callsOfRun(made.calls)) {
    expect(callAt(made.calls, one.index)).toBe(one);
    const own = one.steps.filter(({ kind }) => kind === 'node').map(({ index }) => callAt(made.calls, index));
    expect(own.filter((found) => found !== one)).toEqual([]);
  }
});
