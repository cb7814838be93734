import { interceptWordRegisters, type RegisterName } from '#machine/registers.ts';
import type { Episode } from './episode.ts';
import { forget, isKnown, knownValue, setFact, type PartialState } from './partial-state.ts';

/** What memory of L1 holds: its code, and whoever else writes there, changes it without any event. */
const inMemory: readonly RegisterName[] = [
  ...interceptWordRegisters.vmcb12,
  'np12',
  'asid12',
  'msrpmRead12',
  'msrpmWrite12',
  'efer12',
  'rip12',
  'cpl12',
];

/** What changes without any event while the guest runs. The state is changed in place. */
export function forgetUntold(state: PartialState): void {
  for (const fact of inMemory) forget(state, fact);
  setFact(state, 'efer12Given', 1);
  forget(state, 'allocNestedFails');
  forget(state, knownValue(state, 'vmcb') === 0 ? 'cpl01' : 'cpl02');
  // With a virtual GIF the guest sets and clears it by itself, unless something makes STGI exit.
  if (knownValue(state, 'vgif') !== 0 && knownValue(state, 'stgiIntercept01') !== 1) forget(state, 'gif');
}

/** `kvm_nested_intercepts` prints words 0 to 5, the first in two halves: reads and writes of control registers. */
function interceptWordsOf(words: readonly number[]): readonly (readonly [RegisterName, number])[] {
  const [reads = 0, writes = 0, exceptions = 0, ...rest] = words;
  const [w0, , w2, w3, w4, w5] = interceptWordRegisters.vmcb12;
  const later: readonly RegisterName[] = [w3, w4, w5];
  return [
    [w0, ((writes << 16) | reads) >>> 0],
    [w2, exceptions],
    ...later.slice(0, rest.length).map((name, index) => [name, rest[index]! >>> 0] as const),
  ];
}

/** What the episode says of memory of L1 at its beginning. The state is changed in place. */
export function learn(state: PartialState, episode: Episode): void {
  for (const { args } of episode.events) {
    if (args.of === 'vmenter') {
      if (args.npt !== undefined) setFact(state, 'np12', Number(args.npt));
    } else if (args.of === 'intercepts')
      for (const [register, word] of interceptWordsOf(args.words)) setFact(state, register, word);
  }
}

/** The host's options are the same all the time: what is known of them in one state holds in the other. */
export function takeHost(state: PartialState, from: PartialState, options: readonly RegisterName[]): void {
  for (const option of options) if (isKnown(from, option)) setFact(state, option, knownValue(from, option)!);
}
