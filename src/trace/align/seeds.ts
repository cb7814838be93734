import { standard } from '#explore/bounds.ts';
import { columnCount } from '#explore/columns.ts';
import { reach } from '#explore/reach.ts';
import { Space } from '#explore/space.ts';
import { drain } from '#base/drain.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { allKernelIds, kernel as kernelOf, recordedKernelIds } from '#kvm/kernels.ts';
import { regions, stateIndex, type FactName } from '#machine/facts.ts';
import { packedFacts } from '#machine/packed.ts';
import { interceptWordRegisters, type RegisterName } from '#machine/registers.ts';
import { hostOptionNames } from '#program/types.ts';
import { columnOf, setFact, settlePointers, stateKey, wholes, type PartialState } from './partial-state.ts';

/**
 * Where a recording can begin: everything that the model can reach within the explorer's bounds, of which only that
 * is taken which KVM and the processor alone decide. What a host, L1's memory or userspace chose is not known.
 */
const chosen: readonly RegisterName[] = [
  ...hostOptionNames,
  'cpuidSvm',
  'hsave',
  'vmCr',
  'paging',
  'efer',
  ...interceptWordRegisters.vmcb12,
  ...interceptWordRegisters.cache,
  ...interceptWordRegisters.got,
  'np12',
  'np',
  'gotNp',
  'asid12',
  'asid',
  'gotAsid',
  'msrpmRead12',
  'msrpmWrite12',
  'efer12',
  'rip12',
  'cpl01',
  'cpl02',
  'cpl12',
  'smramCpl',
  'got',
  'gotGuestMode',
  'gotRunPending',
  'gotGif',
  'gotEfer01',
  'gotRip01',
  'nextRip01',
  'nextRip02',
  'nextRip',
  'gotNextRip',
  'gpIntercept01',
  'vmloadIntercept01',
  'stgiIntercept01',
  'clgiIntercept01',
  'vGif01',
  'nmiMasked',
  // Written before anybody reads them.
  'exitCode',
  'exitInfo1',
  'exitInfo2',
  'exitIntInfo',
  'exitCode12',
  'exitReason',
  'opcode',
  'msr',
  'msrData',
  'svmNextRip',
];

const isChosen = new Set<FactName>(chosen);

/** Columns of what is not chosen. */
const takenColumns: readonly number[] = packedFacts.flatMap((fact, column) =>
  isChosen.has(fact) ? [] : [column],
);

function partialOf(valueAt: (column: number) => number): PartialState {
  const state: PartialState = {
    values: new Uint32Array(packedFacts.length),
    known: new Uint32Array(packedFacts.length),
  };
  for (const column of takenColumns) {
    state.values[column] = valueAt(column);
    state.known[column] = wholes[column]!;
  }
  setFact(state, 'warned', 0);
  setFact(state, 'emptyIdt', 0);
  settlePointers(state);
  return state;
}

let shared: Space | undefined;

function spaceWith(kernel: Kernel): Space {
  if (shared?.family.kernels.includes(kernel)) return shared;
  const home = [...allKernelIds, ...recordedKernelIds].flatMap((id) => {
    const built = kernelOf(id);
    return built.ok ? [built.value] : [];
  });
  shared = new Space([...new Set([...home, ...(shared?.family.kernels ?? []), kernel])], standard);
  return shared;
}

const regionColumns: readonly number[] = regions.map(({ name }) => columnOf(name));

function explored(kernel: Kernel): readonly PartialState[] {
  const space = spaceWith(kernel);
  const found = new Map<string, PartialState>();
  for (const part of space.parts) {
    const { transitions, guess } = part;
    const reached = drain(reach(transitions, space.indexOf(kernel), { guess, columns: regionColumns }));
    part.guess = reached.liveness;
    const cursor = new Uint8Array(columnCount);
    const met = new Set<string>();
    for (let state = 0; state < reached.states; state += 1) {
      reached.show(state, cursor);
      // Most states differ only in what is chosen.
      let codes = '';
      for (const column of takenColumns) codes += String.fromCharCode(cursor[column]!);
      if (met.has(codes)) continue;
      met.add(codes);
      const partial = partialOf((column) => transitions.codes.value(cursor[column]!));
      found.set(stateKey(partial), partial);
    }
  }
  return [...found.values()];
}

const known = new WeakMap<Kernel, readonly PartialState[]>();

function allSeeds(kernel: Kernel): readonly PartialState[] {
  let states = known.get(kernel);
  if (!states) {
    states = explored(kernel);
    known.set(kernel, states);
  }
  return states;
}

/** The states in which a recording can begin, in the guest or with userspace. */
export function seedsOf(kernel: Kernel, at: 'guest' | 'userspace'): readonly PartialState[] {
  const runs =
    at === 'guest'
      ? [stateIndex('run', 'guest')]
      : [stateIndex('run', 'userspace'), stateIndex('run', 'shutdown')];
  return allSeeds(kernel).filter(
    ({ values }) => runs.includes(values[columnOf('run')]!) && values[columnOf('freed')] === 0,
  );
}
