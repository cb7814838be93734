import { present } from '#base/assert.ts';
import { effectTypes, type EffectType, type VcpuEvent } from './effects.ts';
import {
  factBits,
  isRegion,
  region,
  regions,
  stateIndex,
  type FactName,
  type RegionName,
  type VcpuSnapshot,
  readFact,
} from './facts.ts';
import { registerGuards, stateGuards } from './guards.ts';
import type { VcpuPort } from './port.ts';
import { registerNames, type RegisterName } from './registers.ts';
import { vcpuMachine } from './vcpu.ts';
import { warnBit, type WarnId } from './warns.ts';

/** Where a fact stands in the packed state. */
interface Slot {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

/** What one effect does to one region in one state: the first move whose guard holds. */
export interface Move {
  readonly guard: { readonly fact: FactName; readonly value: number } | undefined;
  readonly target: number | undefined;
  readonly warn: number;
}

/** The chart's facts in the order in which they are packed: regions first. */
export const packedFacts: readonly FactName[] = [...regions.map(({ name }) => name), ...registerNames];

function layout(): { readonly slots: ReadonlyMap<FactName, Slot>; readonly words: number } {
  const slots = new Map<FactName, Slot>();
  let word = 0;
  let used = 0;
  for (const name of packedFacts) {
    const width = factBits(name);
    if (used + width > 32) {
      word += 1;
      used = 0;
    }
    slots.set(name, { word, shift: used, mask: width === 32 ? 0xffffffff : (1 << width) - 1 });
    used += width;
  }
  return { slots, words: word + 1 };
}

const { slots, words: wordCount } = layout();

/** 32-bit words of a packed state. */
export const packedWords = wordCount;

function guardOf(name: string): Move['guard'] {
  const byState = Object.entries(stateGuards).find(([key]) => key === name);
  if (byState) {
    const [fact, state] = present(Object.entries(byState[1])[0], `state of guard ${name}`);
    return { fact: fact as RegionName, value: stateIndex(fact as RegionName, state as never) };
  }
  const byRegister = present(
    Object.entries(registerGuards).find(([key]) => key === name),
    `guard ${name}`,
  )[1];
  return { fact: byRegister.register, value: byRegister.value };
}

type Definition = ReturnType<typeof definitionOf>;
const definitionOf = (name: RegionName) =>
  region(name).path.reduce((node, key) => present(node.states[key], key), vcpuMachine.root).states;

function movesOf(states: Definition, from: string, type: EffectType): readonly Move[] {
  const node = present(states[from], from);
  return (node.transitions.get(type) ?? []).map((transition) => ({
    guard: transition.guard === undefined ? undefined : guardOf(transition.guard as string),
    target:
      transition.target === undefined
        ? undefined
        : Object.keys(states).indexOf(present(transition.target[0], 'target').key),
    warn: transition.actions.reduce(
      (mask, action) => mask | warnBit((action as unknown as { params: { id: WarnId } }).params.id),
      0,
    ),
  }));
}

/** What a region does at an effect: its moves, by the state that it is in. */
export interface Answer {
  readonly fact: RegionName;
  readonly moves: readonly (readonly Move[])[];
}

/** For each effect the regions that answer to it. Read off the machine's definition. */
export const answersTo: ReadonlyMap<EffectType, readonly Answer[]> = new Map(
  effectTypes.map((type) => [
    type,
    regions
      .map(({ name, states }) => ({
        fact: name,
        moves: states.map((state) => movesOf(definitionOf(name), state, type)),
      }))
      .filter(({ moves }) => moves.some((list) => list.length > 0)),
  ]),
);

/** The port over a packed state: the same chart as numbers, for the explorer. The words are changed in place. */
export class PackedPort implements VcpuPort {
  readonly words: Uint32Array;

  constructor(words: Uint32Array) {
    this.words = words;
  }

  read(fact: FactName): number {
    const slot = slots.get(fact)!;
    return ((this.words[slot.word]! >>> slot.shift) & slot.mask) >>> 0;
  }

  holds(register: RegisterName, value: number): boolean {
    return this.read(register) === value;
  }

  private write(fact: FactName, value: number): void {
    const slot = slots.get(fact)!;
    const cleared = this.words[slot.word]! & ~(slot.mask << slot.shift);
    this.words[slot.word] = cleared | ((value & slot.mask) << slot.shift);
  }

  apply(event: VcpuEvent): void {
    if (event.type === 'WRITE') return this.write(event.register, event.value);
    const before = answersTo.get(event.type)!;
    // Guards see the state before the event, in every region, as in the statechart.
    const chosen = before.map(({ fact, moves }) => ({
      fact,
      move: moves[this.read(fact)]!.find(({ guard }) => !guard || this.read(guard.fact) === guard.value),
    }));
    for (const { fact, move } of chosen) {
      if (!move) continue;
      if (move.target !== undefined) this.write(fact, move.target);
      if (move.warn) this.write('warned', this.read('warned') | move.warn);
    }
  }
}

/** Facts as packed words. */
export function packFacts(read: (name: FactName) => number): Uint32Array {
  const words = new Uint32Array(packedWords);
  for (const name of packedFacts) {
    const slot = slots.get(name)!;
    words[slot.word] = words[slot.word]! | ((read(name) & slot.mask) << slot.shift);
  }
  return words;
}

/** A snapshot of the chart as packed words. */
export function packSnapshot(snapshot: VcpuSnapshot): Uint32Array {
  return packFacts((name) => readFact(snapshot, name));
}

/** The packed state as text, fact by fact: for messages of tests. */
export function describePacked(words: Uint32Array): string {
  const port = new PackedPort(words);
  return packedFacts
    .map((name) => `${name}=${isRegion(name) ? region(name).states[port.read(name)] : port.read(name)}`)
    .join(' ');
}
