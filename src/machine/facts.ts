import type { SnapshotFrom } from 'xstate';
import { present } from '#base/assert.ts';
import { registers, type RegisterName } from './registers.ts';
import { vcpuMachine } from './vcpu.ts';

export type VcpuSnapshot = SnapshotFrom<typeof vcpuMachine>;

type RegionValues = Omit<VcpuSnapshot['value'], 'requests'> & VcpuSnapshot['value']['requests'];

/** A region of the chart; the requests are regions inside the region `requests`. */
export type RegionName = keyof RegionValues;
export type RegionState<Name extends RegionName> = RegionValues[Name];

/** Anything that can be read of a vCPU: the state of a region, as its index, or a register. */
export type FactName = RegionName | RegisterName;

export interface Region {
  readonly name: RegionName;
  /** Where it stands in the chart's state value. */
  readonly path: readonly string[];
  /** Its states in the order of the chart; a fact is an index into this. */
  readonly states: readonly string[];
}

type Node = (typeof vcpuMachine)['root'];

function walk(node: Node, path: readonly string[]): readonly Region[] {
  const children = Object.values(node.states) as readonly Node[];
  if (node.type === 'parallel') return children.flatMap((child) => walk(child, [...path, child.key]));
  return [{ name: node.key as RegionName, path, states: children.map((child) => child.key) }];
}

/** The chart's regions, read off the machine. */
export const regions: readonly Region[] = walk(vcpuMachine.root, []);

const regionsByName = new Map<string, Region>(regions.map((one) => [one.name, one]));

export function isRegion(fact: FactName): fact is RegionName {
  return regionsByName.has(fact);
}

export function region(name: RegionName): Region {
  return present(regionsByName.get(name), `region ${name}`);
}

/** The number that stands for a state of a region. */
export function stateIndex<Name extends RegionName>(name: Name, state: RegionState<Name>): number {
  const index = region(name).states.indexOf(state);
  return present(index < 0 ? undefined : index, `state ${state} of ${name}`);
}

/** Bits that hold any value of the fact. */
export function factBits(fact: FactName): number {
  if (!isRegion(fact)) return registers[fact].bits;
  return Math.max(1, Math.ceil(Math.log2(region(fact).states.length)));
}

/** Anything of which facts can be read: a port, say. */
export interface FactReader {
  read(fact: FactName): number;
}

/** A vCPU at one moment, in whichever form it is held. */
export type VcpuView = VcpuSnapshot | FactReader;

/** The fact's value in a vCPU. */
export function valueOf(vcpu: VcpuView, fact: FactName): number {
  return 'read' in vcpu ? vcpu.read(fact) : readFact(vcpu, fact);
}

/** The name of the state that a region is in. */
export function stateOf(vcpu: VcpuView, name: RegionName): string {
  return region(name).states[valueOf(vcpu, name)]!;
}

/** The fact's value in a snapshot of the chart. */
export function readFact(snapshot: VcpuSnapshot, fact: FactName): number {
  if (!isRegion(fact)) return snapshot.context[fact];
  const { path, states } = region(fact);
  const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], snapshot.value);
  return states.indexOf(value as string);
}
