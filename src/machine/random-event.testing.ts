import type { Random } from '#base/random.ts';
import { effectTypes, type VcpuEvent } from './effects.ts';
import { registerNames, registers } from './registers.ts';

/** Any value that the register can hold: often none, all or one bit, else anything. */
export function randomValue(random: Random, register: (typeof registerNames)[number]): number {
  const { bits } = registers[register];
  const most = bits === 32 ? 0xffffffff : (1 << bits) - 1;
  return random.pick([0, 1, most, (2 ** random.next(bits)) >>> 0, random.next(most + 1)]);
}

/** Any event of the chart; every third one writes a register, and often one that a guard reads. */
export function randomEvent(random: Random): VcpuEvent {
  if (random.next(3) > 0) return { type: random.pick(effectTypes) };
  const register = random.next(3) === 0 ? 'runPending' : random.pick(registerNames);
  return { type: 'WRITE', register, value: randomValue(random, register) };
}
