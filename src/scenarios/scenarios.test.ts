import { describe, expect, test } from 'vitest';

import { kernel, patches } from '#kvm/kernels.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { programToJson } from '#program/format.ts';
import { parseProgram } from '#program/parse.ts';
import { viewAt } from '#session/derive.ts';
import { goldenText, reportsOf } from './golden.testing.ts';
import { openScenario, type Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const named = scenarios.map((scenario) => [scenario.id, scenario] as const);

test('every scenario has an id and a title of its own', () => {
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  expect(scenarios.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

describe.each(named)('%s', (id, scenario) => {
  test('does what it did', async () => {
    await expect(goldenText(scenario)).toMatchFileSnapshot(`golden/${id}.txt`);
  });

  test('is a program of the format, on one to four known kernels', () => {
    expect(parseProgram(programToJson(scenario.program))).toEqual({ ok: true, value: scenario.program });
    expect(scenario.kernels.filter((one) => !kernel(one).ok)).toEqual([]);
    expect(scenario.kernels.length).toBeGreaterThanOrEqual(1);
    expect(new Set(scenario.kernels).size).toBe(Math.min(4, scenario.kernels.length));
  });

  test('has no note beyond the last operation, and opens on the way', () => {
    const longest = Math.max(...reportsOf(scenario).map(({ steps }) => steps.length));
    expect(scenario.notes.length).toBeLessThanOrEqual(longest + 1);
    expect(scenario.startAt).toBeLessThan(scenario.notes.length);
    const session = openScenario(scenario);
    expect(session.cursor).toEqual({ node: scenario.startAt });
    expect(viewAt(session, scenario.kernels[0]!).next.kind).not.toBe('stop');
  });

  test('names functions, kernels and patches that there are', () => {
    const text = [scenario.claim, ...scenario.notes].join('\n');
    expect(text.split('`').length % 2, 'backquotes come in pairs').toBe(1);
    const functions = new Set(scenario.kernels.flatMap((one) => Object.keys(kernelOf(one).functions)));
    const calls = [...text.matchAll(/(\w+)\(\)/g)].map(([, name]) => name!);
    expect(calls.filter((name) => !functions.has(name))).toEqual([]);
    const ids = [...text.matchAll(/`(\d\.\d+(?:\+\w+)*)`/g)].map(([, name]) => name!);
    expect(ids.filter((name) => !kernel(name).ok)).toEqual([]);
    const names = [...text.matchAll(/`(v\d|hook|merged|gif|recalc)`/g)].map(([, name]) => name!);
    expect(names.filter((name) => !patches.some((patch) => patch.id === name))).toEqual([]);
  });
});

test('the first one opens at the start of the story, before L2 clears SVME', () => {
  const [first] = scenarios as readonly [Scenario];
  expect(viewAt(openScenario(first), '7.0').next).toMatchObject({
    actor: 'L2',
    op: { do: 'WRMSR', clear: ['SVME'] },
  });
});
