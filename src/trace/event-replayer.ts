import type { EventQuery } from './questions.ts';
import { eferMsr } from './replay-facts.ts';
import { laneOf, nothingKnown } from './replay-state.ts';
import { stepReplay } from './replay.ts';
import type { Glance, Replayer } from './replayer.ts';

/** Seconds without an event that are a gap. A vCPU that runs exits far more often: for the host's timer, if nothing else. */
export const longPause = 0.1;

/** What a gap is, in words. */
export const gapWords = `events are missing, or nothing was recorded for ${longPause * 1000} ms or more`;

type Jump = NonNullable<EventQuery['jump']>;

const jumps: Readonly<Record<Jump, (event: Glance) => boolean>> = {
  // Guest mode is entered, or left as L1 is told. That it is left silently shows only later, as an EFER write before it.
  nested: ({ name }) => name === 'kvm_nested_vmenter' || name === 'kvm_nested_vmexit_inject',
  efer: ({ msr, write }) => write && msr === eferMsr,
  gap: ({ afterLoss, pause = 0 }) => afterLoss || pause >= longPause,
};

export const isJump = (kind: Jump, event: Glance): boolean => jumps[kind](event);

/** Follows a vCPU by the rules of `replay.ts`. */
export const eventReplayer: Replayer = {
  start: nothingKnown,
  step: stepReplay,
  lane: laneOf,
  isPlace: (kind, _state, event) => isJump(kind, event),
};
