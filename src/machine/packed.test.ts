import { describe, expect, test } from 'vitest';

import { seededRandom, type Random } from '#base/random.ts';
import { applyToChart, ChartPort, initialSnapshot } from './chart-port.ts';
import type { EffectType } from './effects.ts';
import { regions, stateIndex, type FactName } from './facts.ts';
import { describePacked, packedFacts, PackedPort, packedWords, packSnapshot } from './packed.ts';
import type { VcpuPort } from './port.ts';
import { randomEvent, randomValue } from './random-event.testing.ts';
import { registerNames, type Registers } from './registers.ts';
import { firedWarns, type WarnId } from './warns.ts';

const randomRegisters = (random: Random): Partial<Registers> =>
  Object.fromEntries(registerNames.map((name) => [name, randomValue(random, name)]));

const readAll = (port: VcpuPort): Readonly<Record<string, number>> =>
  Object.fromEntries(packedFacts.map((fact) => [fact, port.read(fact)]));

/** Both ports over one snapshot. */
function bothPorts(snapshot: ReturnType<typeof initialSnapshot>): readonly [ChartPort, PackedPort] {
  return [new ChartPort(snapshot), new PackedPort(packSnapshot(snapshot))];
}

describe('packing', () => {
  test('keeps every register, whatever all of them hold', () => {
    const random = seededRandom(11);
    for (let made = 0; made < 200; made += 1) {
      const [chart, packed] = bothPorts(initialSnapshot(randomRegisters(random)));
      expect(readAll(packed)).toEqual(readAll(chart));
    }
  });

  test('keeps every state of every region, along walks that visit them all', () => {
    const random = seededRandom(12);
    let snapshot = initialSnapshot(randomRegisters(random));
    const visited = new Set<string>();
    for (let made = 0; made < 3000; made += 1) {
      snapshot = applyToChart(snapshot, randomEvent(random));
      const [chart, packed] = bothPorts(snapshot);
      for (const { name, states } of regions) {
        visited.add(`${name} ${states[chart.read(name)]}`);
        expect(packed.read(name), `of ${name}`).toBe(chart.read(name));
      }
    }
    expect(visited.size).toBe(regions.flatMap(({ states }) => states).length);
  });

  test('a write reaches its own fact only', () => {
    for (const fact of registerNames) {
      const port = new PackedPort(new Uint32Array(packedWords).fill(0xffffffff));
      const before = readAll(port);
      port.apply({ type: 'WRITE', register: fact, value: 0 });
      expect(readAll(port)).toEqual({ ...before, [fact]: 0 });
    }
  });

  test('reads as text, fact by fact', () => {
    const text = describePacked(packSnapshot(initialSnapshot({ rip: 1025 })));
    expect(text).toContain('guestMode=l1 vmcb=vmcb01 svme=clear');
    expect(text).toContain('rip=1025');
  });
});

describe.each([
  {
    id: 'I1',
    event: 'FREE_NESTED',
    before: ['ALLOCATE_NESTED', 'SWITCH_TO_VMCB02'],
    fact: 'nested',
    to: 'none',
  },
  { id: 'I2', event: 'ENTER_GUEST_MODE', before: [], fact: 'guestMode', to: 'l2' },
  { id: 'I3', event: 'SWITCH_TO_VMCB02', before: ['SWITCH_TO_VMCB02'], fact: 'vmcb', to: 'vmcb02' },
  {
    id: 'I8',
    event: 'ENTER_GUEST_MODE',
    before: ['ALLOCATE_NESTED', 'ENTER_SMM'],
    fact: 'guestMode',
    to: 'l2',
  },
  {
    id: 'I8',
    event: 'ENTER_SMM',
    before: ['ALLOCATE_NESTED', 'ENTER_GUEST_MODE'],
    fact: 'smm',
    to: 'inside',
  },
  { id: 'I9', event: 'RESET', before: ['ENTER_SMM'], fact: 'smm', to: 'inside' },
  { id: 'I9', event: 'RESET', before: ['ALLOCATE_NESTED', 'ENTER_GUEST_MODE'], fact: 'guestMode', to: 'l2' },
  {
    id: 'I16',
    event: 'SERVE_NESTED_STATE_PAGES',
    before: ['REQUEST_NESTED_STATE_PAGES'],
    fact: 'getNestedStatePages',
    to: 'idle',
  },
] as const satisfies readonly {
  id: WarnId;
  event: EffectType;
  before: readonly EffectType[];
  fact: FactName;
  to: string;
}[])('$event after $before', ({ id, event, before, fact, to }) => {
  test(`marks ${id} alone and still moves, in both ports`, () => {
    for (const port of bothPorts(initialSnapshot({}))) {
      for (const type of before) port.apply({ type });
      expect(firedWarns(port.read('warned'))).toEqual([]);
      port.apply({ type: event });
      expect(firedWarns(port.read('warned'))).toEqual([id]);
      expect(port.read(fact)).toBe(stateIndex(fact, to as never));
    }
  });
});

test('leaving guest mode with a run pending marks I10 and leaves it; without one it marks nothing', () => {
  for (const runPending of [1, 0]) {
    for (const port of bothPorts(initialSnapshot({ runPending }))) {
      for (const type of ['ALLOCATE_NESTED', 'ENTER_GUEST_MODE', 'LEAVE_GUEST_MODE'] as const)
        port.apply({ type });
      expect(firedWarns(port.read('warned'))).toEqual(runPending ? ['I10'] : []);
      expect(port.read('guestMode')).toBe(stateIndex('guestMode', 'l1'));
    }
  }
});

test('marks add up until they are cleared', () => {
  for (const port of bothPorts(initialSnapshot({}))) {
    for (const type of ['ENTER_GUEST_MODE', 'SWITCH_TO_VMCB02', 'SWITCH_TO_VMCB02'] as const)
      port.apply({ type });
    expect(firedWarns(port.read('warned'))).toEqual(['I2', 'I3']);
    port.apply({ type: 'WRITE', register: 'warned', value: 0 });
    expect(firedWarns(port.read('warned'))).toEqual([]);
  }
});
