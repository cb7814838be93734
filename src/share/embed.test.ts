import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { viewsAt } from '#session/derive.ts';
import { stepBack } from '#session/steps.ts';
import { embedState, goTo, isForSvmscope, parsePanels, parseRequest } from './embed.ts';

const session = openScenario(present(scenarios[0], 'a scenario'));
const stateOf = (now: typeof session) => embedState(now, viewsAt(now), 0);

const program = {
  format: 'svmscope/program@1',
  title: 'from the host',
  code: { l1: [{ do: 'VMRUN' }] },
};

describe('a request', () => {
  test.each([
    [{ type: 'svmscope/step' }, { kind: 'step' }],
    [{ type: 'svmscope/back' }, { kind: 'back' }],
    [{ type: 'svmscope/ask', more: 1 }, { kind: 'ask' }],
    [
      { type: 'svmscope/go', at: 3 },
      { kind: 'go', at: 3 },
    ],
    [
      { type: 'svmscope/open', link: '#v2.x' },
      { kind: 'link', link: '#v2.x' },
    ],
  ])('%j is understood', (message, request) => {
    expect(parseRequest(message)).toEqual({ ok: true, value: request });
  });

  test('may bring a program', () => {
    const parsed = parseRequest({ type: 'svmscope/open', program });
    expect(parsed.ok && parsed.value).toMatchObject({ kind: 'program', program: { title: 'from the host' } });
  });

  test.each([
    [
      { type: 'svmscope/run' },
      'type: "svmscope/run" is unknown: one of svmscope/step svmscope/back svmscope/go svmscope/open svmscope/ask',
    ],
    [null, /^type: undefined is unknown/],
    [{ type: 'svmscope/go' }, 'svmscope/go: at: undefined is no whole number from 0 to 1000'],
    [{ type: 'svmscope/go', at: 1.5 }, /1\.5 is no whole number/],
    [{ type: 'svmscope/go', at: 1001 }, /1001 is no whole number/],
    [{ type: 'svmscope/go', at: '3' }, /"3" is no whole number/],
    [{ type: 'svmscope/open' }, 'svmscope/open: exactly one of program and link is needed'],
    [
      { type: 'svmscope/open', program, link: 'x' },
      'svmscope/open: exactly one of program and link is needed',
    ],
    [{ type: 'svmscope/open', link: {} }, /^svmscope\/open: link: no text/],
    [
      { type: 'svmscope/open', program: { ...program, code: { l1: [{ do: 'VMRAN' }] } } },
      /^svmscope\/open: code\.l1\[0\]\.do: .*"VMRAN"/,
    ],
  ])('%j is refused with where and what', (message, error) => {
    const parsed = parseRequest(message);
    expect(parsed.ok ? 'taken' : parsed.error).toMatch(error);
  });

  test('of somebody else is left alone', () => {
    expect([{ type: 'resize' }, 'svmscope/step', null, { type: 'svmscope/x' }].map(isForSvmscope)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

test('to go executes what was not executed yet, keeps what was, and stops where the run ends', () => {
  const far = goTo(session, 1000);
  const { step, next } = stateOf(far);
  expect(next).toBeNull();
  expect(goTo(far, 1000)).toEqual(far);
  const start = goTo(far, 0);
  expect(stateOf(start).step).toBe(0);
  expect(start.nodes).toBe(far.nodes);
  expect(stateOf(goTo(start, 2)).step).toBe(2);
  expect(stateOf(goTo(stepBack(far), step)).step).toBe(step);
});

test('the state tells what everybody sees', () => {
  expect(stateOf(goTo(session, 2))).toEqual({
    type: 'svmscope/state',
    title: session.program.title,
    kernels: ['7.0', '7.1'],
    kernel: '7.0',
    step: 2,
    operation: 'WRMSR EFER SVME=0 by L2',
    outcome: [
      { kernels: ['7.0'], words: expect.stringContaining('the guest goes on') },
      { kernels: ['7.1'], words: expect.stringContaining('KVM_EXIT_SHUTDOWN') },
    ],
    next: 'RDMSR EFER',
  });
});

test('panels come in the order of the address', () => {
  expect(parsePanels('code chart code')).toEqual({ ok: true, value: ['code', 'chart'] });
  expect(parsePanels('lanes,state')).toEqual({ ok: true, value: ['lanes', 'state'] });
  expect(parsePanels('')).toEqual({ ok: true, value: ['chart', 'code'] });
  expect(parsePanels('chart notes')).toEqual({
    ok: false,
    error: 'embed: "notes" is no panel: one of program chart lanes code state',
  });
});
