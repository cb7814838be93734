import { describe, expect, test } from 'vitest';

import { applyToChart, initialSnapshot } from './chart-port.ts';
import { effectTypes } from './effects.ts';
import { factBits, isRegion, readFact, region, regions, stateIndex } from './facts.ts';
import { stateGuards } from './guards.ts';
import { registerNames, registers } from './registers.ts';
import { vcpuMachine } from './vcpu.ts';

const requestStates = ['idle', 'pending'];

describe('the regions, read off the machine', () => {
  test('are those of the design, with their states', () => {
    expect(Object.fromEntries(regions.map(({ name, states }) => [name, states]))).toEqual({
      run: ['guest', 'kvm', 'userspace', 'halted', 'shutdown'],
      guestMode: ['l1', 'l2'],
      vmcb: ['vmcb01', 'vmcb02'],
      svme: ['clear', 'set'],
      nested: ['none', 'allocated'],
      gif: ['set', 'clear'],
      smm: ['outside', 'inside'],
      tripleFault: requestStates,
      getNestedStatePages: requestStates,
      event: requestStates,
      smi: requestStates,
      recalcIntercepts: requestStates,
    });
  });

  test('the requests stand inside the region of requests', () => {
    expect(regions.filter(({ path }) => path.length > 1).map(({ path }) => path.join('.'))).toEqual([
      'requests.tripleFault',
      'requests.getNestedStatePages',
      'requests.event',
      'requests.smi',
      'requests.recalcIntercepts',
    ]);
  });

  test('no fact is both a region and a register', () => {
    expect(registerNames.filter((name) => isRegion(name))).toEqual([]);
  });

  test('a new vCPU is in the first state of each', () => {
    const snapshot = initialSnapshot({});
    for (const { name } of regions) expect(readFact(snapshot, name), `of ${name}`).toBe(0);
  });

  test('a guard names a state that there is', () => {
    for (const [name, state] of Object.values(stateGuards).flatMap((guard) => Object.entries(guard)))
      expect(region(name as never).states).toContain(state);
  });
});

describe('a fact', () => {
  test('of a region is the number of its state', () => {
    const snapshot = applyToChart(initialSnapshot({}), { type: 'REQUEST_TRIPLE_FAULT' });
    expect(readFact(snapshot, 'tripleFault')).toBe(stateIndex('tripleFault', 'pending'));
    expect(readFact(snapshot, 'smi')).toBe(stateIndex('smi', 'idle'));
  });

  test('of a register is its value', () => {
    expect(readFact(initialSnapshot({ asid: 0xffffffff }), 'asid')).toBe(0xffffffff);
  });

  test('has bits for every state, and no register more than a word', () => {
    for (const { name, states } of regions)
      expect(2 ** factBits(name), `of ${name}`).toBeGreaterThanOrEqual(states.length);
    for (const name of registerNames) {
      expect(factBits(name)).toBe(registers[name].bits);
      expect(registers[name].bits).toBeLessThanOrEqual(32);
    }
  });

  test('of an unknown state is refused', () => {
    expect(() => stateIndex('gif', 'half' as never)).toThrow('state half of gif');
  });
});

test('every effect has an answer somewhere in the chart, and the chart answers nothing else but WRITE', () => {
  expect(vcpuMachine.events.toSorted()).toEqual(['WRITE', ...effectTypes].toSorted());
});
