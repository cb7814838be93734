import { expect, test, vi } from 'vitest';
import { xml2js, type Element } from 'xml-js';
import { transition } from 'xstate';
import type { AnyState } from 'xstate4';
import { toMachine } from 'xstate4/lib/scxml.js';
import { seededRandom } from '#base/random.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { randomEvent } from '#machine/random-event.testing.ts';
import { vcpuMachine } from '#machine/vcpu.ts';
import { firedWarns, warnIds } from '#machine/warns.ts';
import { chartRegions } from '#session/chart-graph.ts';
import { stateIn } from '#session/passages.ts';
import { chartAfter } from './chart.testing.ts';
import { scxmlOf } from './scxml.ts';

/** State names have dots in them, which are no path. */
const read = (text: string) => toMachine(text, { delimiter: '/' });

/** One step of the imported machine. */
function step(machine: ReturnType<typeof read>, state: AnyState, event: VcpuEvent): AnyState {
  // The importer evaluates conditions as JavaScript and leaves SCXML's In() to the scope.
  vi.stubGlobal('In', (id: string) => state.configuration.some(({ key }) => key === id));
  return machine.transition(state, event);
}

/** Names of the states that the imported machine is in, and what its variables say. */
const imported = (state: AnyState) => ({
  states: state.configuration
    .filter(({ type }) => type === 'atomic')
    .map(({ key }) => key)
    .toSorted(),
  runPending: state.context.runPending,
  warned: warnIds.filter((id) => state.context[id]),
});

const own = (snapshot: VcpuSnapshot) => ({
  states: chartRegions.map(({ name, path }) => [...path, stateIn(snapshot, name)].join('.')).toSorted(),
  runPending: snapshot.context.runPending,
  warned: firedWarns(snapshot.context.warned),
});

test('read back by an importer of SCXML, it moves as the chart does', () => {
  const machine = read(scxmlOf());
  const random = seededRandom(5);
  const warned = new Set<string>();
  for (let run = 0; run < 40; run += 1) {
    let snapshot = chartAfter();
    let state: AnyState = machine.initialState;
    expect(imported(state)).toEqual(own(snapshot));
    for (let count = 0; count < 60; count += 1) {
      const event = randomEvent(random);
      // Writing the register of the marks themselves is no event of KVM's.
      if (event.type === 'WRITE' && event.register === 'warned') continue;
      [snapshot] = transition(vcpuMachine, snapshot, event);
      state = step(machine, state, event);
      expect([event, imported(state)]).toEqual([event, own(snapshot)]);
    }
    for (const id of own(snapshot).warned) warned.add(id);
  }
  expect(warned, 'every WARN was broken on the way').toEqual(new Set(warnIds));
});

test('starts where a vCPU stands', () => {
  const now = chartAfter(
    { type: 'VMEXIT' },
    { type: 'ENTER_GUEST_MODE' },
    { type: 'REQUEST_TRIPLE_FAULT' },
    { type: 'WRITE', register: 'runPending', value: 1 },
  );
  const state = read(scxmlOf(now)).initialState;
  expect(imported(state)).toEqual(own(now));
  expect(imported(state)).toMatchObject({
    states: expect.arrayContaining(['run.kvm', 'guestMode.l2', 'requests.tripleFault.pending']),
    runPending: 1,
    warned: ['I2'],
  });
});

const elements = (at: Element): readonly Element[] => [at, ...(at.elements ?? []).flatMap(elements)];

test('is a document in which every state has one id, and what is named exists', () => {
  const all = elements(xml2js(scxmlOf()) as Element);
  const of = (attribute: string): readonly string[] =>
    all.flatMap(({ attributes }) => attributes?.[attribute] ?? []).map(String);
  expect(all.find(({ name }) => name === 'scxml')?.attributes).toMatchObject({
    xmlns: 'http://www.w3.org/2005/07/scxml',
    version: '1.0',
  });
  expect(of('id')).toHaveLength(new Set(of('id')).size);
  const asked = of('cond').flatMap((cond) => [...cond.matchAll(/In\('([^']+)'\)/g)].map(([, id]) => id));
  expect(asked.length).toBeGreaterThan(0);
  expect(of('id')).toEqual(expect.arrayContaining([...of('target'), ...asked, ...of('location')]));
});
