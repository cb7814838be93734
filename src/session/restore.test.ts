import { expect, test } from 'vitest';

import { firstLook, type PageView } from './page-look.ts';
import { restoreView } from './restore.ts';
import { append, nameBranch, type Session } from './session.ts';
import { microForward } from './steps.ts';
import { viewText } from './stored.ts';
import { visited } from './visited.testing.ts';
import { setHost, setIntercept } from './what-if.ts';

const entered = visited(1);
const doing = (session: Session, op: Parameters<typeof append>[2]) =>
  append(session, session.cursor.node, op);

test.each([
  ['a run as it starts', visited(0)],
  ['a run on its way', visited(2)],
  ['the middle of an operation', microForward(entered)],
  ['changed options and intercepts', setHost(setIntercept(visited(2), 'SHUTDOWN', true), 'nrips', false)],
  ['free operations', doing(entered, { kind: 'do', op: { do: 'CPUID' } })],
  [
    'operations of userspace',
    doing(visited(2), { kind: 'do', op: { do: 'KVM_SET_NESTED_STATE', restore: true } }),
  ],
  ['a named branch', nameBranch(entered, entered.cursor.node, 'the story')],
  ['a tour on its way', { ...entered, talk: { kind: 'tour', id: 'list' }, stop: 3 } as const],
  [
    'notes of the visitor',
    {
      ...entered,
      talk: { kind: 'own', talk: { title: 'mine', stops: [{ at: 0, text: 'see', show: ['code'] }] } },
    } as const,
  ],
])('brings back %s', (_, session) => {
  expect(restoreView(viewText({ session, look: firstLook }))).toEqual({
    ok: true,
    value: { session, look: firstLook },
  });
});

const presenting = { panels: ['chart', 'code'], blank: false, predict: true, covered: false } as const;

test.each<PageView['look']>([
  { focus: 1, tab: 'lanes', density: 'differences', presenting: undefined },
  { ...firstLook, presenting },
  { ...firstLook, presenting: { ...presenting, panels: undefined } },
])('brings back how it was shown: %j', (look) => {
  expect(restoreView(viewText({ session: entered, look }))).toEqual({
    ok: true,
    value: { session: entered, look },
  });
});

test('a text from before the look was kept still restores', () => {
  const old = JSON.stringify({ format: 'svmscope/session@1', ...entered });
  expect(restoreView(old)).toEqual({ ok: true, value: { session: entered, look: firstLook } });
});

const text = viewText({
  session: setHost(entered, 'nrips', false),
  look: { ...firstLook, presenting },
});
const damaged = (path: readonly (string | number)[], value: unknown): string => {
  const whole = JSON.parse(text) as Record<string | number, unknown>;
  let at = whole;
  for (const key of path.slice(0, -1)) at = at[key] as typeof whole;
  at[path.at(-1) ?? ''] = value;
  return JSON.stringify(whole);
};

test.each([
  ['no JSON', '{'],
  ['no object', 'null'],
  ['another format', damaged(['format'], 'svmscope/session@0')],
  ['a program that breaks a rule', damaged(['program', 'code', 'l2', 0, 'clear'], ['NOPE'])],
  ['an unknown kernel', damaged(['kernels'], ['7.0+v9'])],
  ['five kernels', damaged(['kernels'], ['7.0', '7.1', '6.12', '7.0+v1', '7.0+v2'])],
  ['the same kernel twice', damaged(['kernels'], ['7.0', '7.0'])],
  ['no node', damaged(['nodes'], [])],
  ['nodes out of order', damaged(['nodes', 1, 'id'], 5)],
  ['a parent that comes later', damaged(['nodes', 1, 'parent'], 3)],
  ['an unknown event', damaged(['nodes', 1, 'event'], { kind: 'jump' })],
  ['an unknown operation', damaged(['nodes', 1, 'event'], { kind: 'do', op: { do: 'FLY' } })],
  [
    'an operation with an unknown key',
    damaged(['nodes', 1, 'event'], { kind: 'do', op: { do: 'HLT', fast: true } }),
  ],
  ['an unknown option', damaged(['nodes', 2, 'event', 'setup'], { host: { turbo: true } })],
  ['a cursor that stands nowhere', damaged(['cursor', 'node'], 99)],
  ['a child that is none', damaged(['lastChild'], { 0: 3 })],
  ['a name of no node', damaged(['names'], { 99: 'x' })],
  ['a focus on no kernel', damaged(['look', 'focus'], 2)],
  ['an unknown panel', damaged(['look', 'tab'], 'sound')],
  ['an unknown density', damaged(['look', 'density'], 'some')],
  ['an unknown panel to present', damaged(['look', 'presenting', 'panels'], ['sound'])],
  ['a blank that is no flag', damaged(['look', 'presenting', 'blank'], 1)],
  ['a look that is none', damaged(['look'], [])],
  ['a talk of no kind', damaged(['talk'], { kind: 'song' })],
  [
    'a talk with a strange panel',
    damaged(['talk'], { kind: 'own', talk: { title: '', stops: [{ at: 0, text: '', show: ['x'] }] } }),
  ],
])('refuses %s', (_, bad) => {
  expect(restoreView(bad)).toEqual({ ok: false, error: expect.any(String) });
});
