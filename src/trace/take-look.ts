import { exitTraceNames } from '#isa/exit-codes.ts';
import {
  interceptBits,
  interceptMask,
  interceptNames,
  interceptWord,
  type InterceptName,
} from '#isa/intercepts.ts';
import type { EventArgs, SeenEvent } from './seen.ts';
import type { StretchStep } from './take-write.ts';

/** What the events of a step, and of the steps after it, tell of vmcb12. */

type Of<Kind extends EventArgs['of']> = Extract<EventArgs, { readonly of: Kind }>;

const argsOf = <Kind extends EventArgs['of']>(
  events: readonly SeenEvent[],
  kind: Kind,
): readonly Of<Kind>[] => events.flatMap(({ args }) => (args.of === kind ? [args as Of<Kind>] : []));

export const vmenterOf = (events: readonly SeenEvent[]): Of<'vmenter'> | undefined =>
  argsOf(events, 'vmenter').at(-1);
export const vmrunFailure = (events: readonly SeenEvent[]): string | undefined =>
  argsOf(events, 'vmenter-failed').at(-1)?.check;
/** The reason of the #VMEXIT that L1 sees. */
export const injectedReason = (events: readonly SeenEvent[]): string | undefined =>
  argsOf(events, 'inject').at(-1)?.reason;
/** Where the processor stopped, and where KVM entered the guest again. */
export const exitRip = (events: readonly SeenEvent[]): bigint | undefined =>
  argsOf(events, 'exit').at(-1)?.rip;
export const entryRip = (events: readonly SeenEvent[]): bigint | undefined =>
  argsOf(events, 'entry').at(-1)?.rip;

/** The six words of vmcb12 that a VMRUN was given. The event prints reads and writes of CRs apart, and no DRs. */
export function wordsGiven(events: readonly SeenEvent[]): readonly number[] | undefined {
  const words = argsOf(events, 'intercepts').at(-1)?.words;
  if (!words) return undefined;
  const [reads = 0, writes = 0, ...others] = words;
  return [((writes << 16) | reads) >>> 0, 0, ...others];
}

export interface BitmapNeeded {
  readonly read?: boolean;
  readonly write?: boolean;
}

/** What L1's MSR bitmap says of EFER, as the accesses of L2 show from there up to the next VMRUN. */
export function bitmapNeeded(
  steps: readonly StretchStep[],
  from: number,
  words: readonly number[] | undefined,
): BitmapNeeded {
  const used = words === undefined || intercepts(words, 'MSR_PROT');
  const needed: { read?: boolean; write?: boolean } = {};
  for (const { step, events } of used ? lives(steps, from) : []) {
    const { op } = step;
    if (step.context !== 'L2' || op === undefined || !('msr' in op) || op.msr !== 'EFER') continue;
    needed[op.do === 'WRMSR' ? 'write' : 'read'] = injectedReason(events) === 'msr';
  }
  return needed;
}

/** The steps up to the next VMRUN of L1: one life of L2. */
function lives(steps: readonly StretchStep[], from: number): readonly StretchStep[] {
  const next = steps.findIndex(
    ({ step }, at) => at >= from && step.op?.do === 'VMRUN' && step.context !== 'L2',
  );
  return steps.slice(from, next < 0 ? steps.length : next);
}

const intercepts = (words: readonly number[], name: InterceptName): boolean =>
  ((words[interceptWord(name)] ?? 0) & interceptMask(name)) !== 0;

/** Intercepts of L1 that the exits of a life of L2 show: those given to L1, and those that were not. */
export function interceptsShown(steps: readonly StretchStep[]): ReadonlyMap<InterceptName, boolean> {
  const shown = new Map<InterceptName, boolean>();
  for (const { step, events } of lives(steps, 0)) {
    const reason = argsOf(events, 'exit').at(-1)?.reason;
    const name = interceptNames.find((one) => exitTraceNames[interceptBits[one]] === reason);
    // L1's MSR bitmap decides about MSRs, and KVM about what is an exception of the host's own.
    if (step.context !== 'L2' || step.op === undefined || name === undefined) continue;
    const given = injectedReason(events) === reason;
    if (given || name !== 'MSR_PROT') shown.set(name, given);
  }
  return shown;
}

/** Bytes of the longest instruction. Source: APM vol. 3, Instruction Encoding. */
const longestInstruction = 15n;

/** Whose code the guest goes on in at `rip`, after L2 stopped; undefined where the events do not tell. */
export function codeAt(
  rip: bigint,
  stopped: bigint | undefined,
  l1AfterVmrun: bigint | undefined,
): 'L1' | 'L2' | undefined {
  if (rip === l1AfterVmrun) return 'L1';
  const isNext = stopped !== undefined && rip >= stopped && rip - stopped <= longestInstruction;
  return isNext || l1AfterVmrun !== undefined ? 'L2' : undefined;
}
