import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { labelOf } from '#session/possible.ts';
import { checksum, writeText } from './bytes.ts';
import { fragmentOf, readFragment } from './link.ts';
import { knownShapes, knownValues } from './words.ts';

/** Links as they were once given out. Each opens for ever: a fixture is added, never changed. */

const folder = join(import.meta.dirname, 'fixtures');
const names = readdirSync(folder).map((file) => file.replace('.txt', ''));

const opened = (name: string) => {
  const view = readFragment(readFileSync(join(folder, `${name}.txt`), 'utf8').trim());
  if (!view.ok) throw new Error(`${name}: ${view.error}`);
  return view.value;
};

const clears = 'L2 clears EFER.SVME, L1 does not intercept';
const plain = { focus: 0, tab: 'program', density: 'decisions' };

const expected: Readonly<Record<string, object>> = {
  'v1-opening': {
    program: clears,
    scenario: 'l2-clears-svme',
    kernels: '7.0 7.1',
    nodes: 2,
    cursor: { node: 1 },
    look: plain,
  },
  'v1-branches': {
    program: clears,
    scenario: 'l2-clears-svme',
    kernels: '7.0 7.1',
    nodes: 8,
    cursor: { node: 7 },
    names: { 2: 'CPUID zuerst – ÄÖ' },
    talk: 'mine',
    stop: 1,
    did: 'CPUID CPUID',
    look: plain,
  },
  'v2-opening': {
    program: clears,
    scenario: 'l2-clears-svme',
    kernels: '7.0 7.1',
    nodes: 2,
    cursor: { node: 1 },
    look: plain,
  },
  'v2-branches': {
    program: clears,
    scenario: 'l2-clears-svme',
    kernels: '7.0 7.0+v1 7.0+v2 7.1',
    nodes: 12,
    cursor: { node: 2, micro: 3 },
    names: { 2: 'CPUID zuerst – ÄÖ' },
    talk: 'list',
    stop: 3,
    did: 'CPUID CPUID CPUID',
    look: {
      focus: 2,
      tab: 'lanes',
      density: 'differences',
      presenting: { panels: ['chart', 'code'], blank: false, predict: true, covered: false },
    },
  },
  'v2-every-word': {
    program: 'every word \u{1f600}',
    kernels: '6.12+merged',
    nodes: 6,
    cursor: { node: 5 },
    talk: 'talk',
    did: 'KVM_SMI',
    look: { ...plain, density: 'all' },
  },
};

test('every fixture is expected', () => {
  expect(names.toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(names)('%s opens', (name) => {
  const { session, look } = opened(name);
  const { program, scenario, kernels, nodes, cursor, talk } = session;
  const free = nodes.flatMap(({ event }) => (event.kind === 'do' ? [labelOf(event.op)] : []));
  expect({
    program: program.title,
    scenario,
    kernels: kernels.join(' '),
    nodes: nodes.length,
    cursor,
    names: Object.keys(session.names).length > 0 ? session.names : undefined,
    talk: talk?.kind === 'own' ? talk.talk.title : talk?.id,
    stop: session.stop === 0 ? undefined : session.stop,
    did: free.length > 0 ? free.join(' ') : undefined,
    look,
  }).toEqual(expected[name]);
});

test('the opening scenario has its program, whatever ships under its name later', () => {
  for (const name of ['v1-opening', 'v2-opening']) {
    const { program } = opened(name).session;
    expect(Object.values(program.code).map((ops) => ops.map(labelOf).join(', '))).toEqual([
      'VMRUN, RDMSR EFER, END',
      'WRMSR EFER SVME=0, VMMCALL',
      'RSM',
    ]);
    expect(program.guest.efer).toEqual(['LME', 'LMA', 'NX', 'SVME']);
    expect(program.userspace).toEqual([{ do: 'KVM_RUN' }]);
  }
});

test('operands come back to the last bit', () => {
  const { program } = opened('v2-every-word').session;
  expect(program.code.l1[1]).toEqual({
    do: 'VMCB12',
    intercepts: { CR0_READ: true, TLBSYNC: true, SHUTDOWN: false },
    msrpm: { EFER: { write: true } },
    efer: ['LME', 'LMA', 'NX', 'SVME', 'AUTOIBRS'],
    nestedPaging: false,
    asid: 4294967295,
    rip: 1,
  });
  expect(program.userspace.map(({ on }) => on)).toEqual([
    undefined,
    'KVM_EXIT_SHUTDOWN',
    undefined,
    'KVM_EXIT_INTERNAL_ERROR',
  ]);
});

test.each(names)('%s is kept as a link of today, and means the same', (name) => {
  expect(readFragment(fragmentOf(opened(name)))).toEqual({ ok: true, value: opened(name) });
});

test('the words of version 2 are what they were when its first link was given out', () => {
  const bytes: number[] = [];
  writeText(bytes, JSON.stringify([knownShapes, knownValues]));
  expect([knownShapes.length, knownValues.length, checksum(bytes)]).toEqual([38, 314, 512_483_972]);
  const entries = [...knownShapes, ...knownValues].map((entry) => JSON.stringify(entry));
  expect(new Set(entries.slice(knownShapes.length)).size, 'each once').toBe(knownValues.length);
});
