import { regions } from '#machine/facts.ts';
import type { Told } from './questions.ts';
import { nothingKnown, toldOf } from './replay-state.ts';
import { stepReplay } from './replay.ts';
import type { Glance } from './replayer.ts';

const blank: Omit<Glance, 'name'> = {
  reason: '',
  rip: undefined,
  msr: undefined,
  write: false,
  gp: false,
  value: undefined,
  entering: false,
  requests: undefined,
  interceptsGif: false,
  afterLoss: false,
  unread: false,
};

export const glance = (name: string, parts: Partial<Glance> = {}): Glance => ({ ...blank, name, ...parts });

/** A sign that the whole group of events is recorded. */
export const wholeGroup = glance('kvm_fpu');

/** What is known after these events. */
export function replayed(events: readonly Glance[], from: number = nothingKnown): Told {
  return toldOf(events.reduce(stepReplay, from));
}

/** Regions that are said to be in a state in which they are not, and how many are said to be in one. */
export function compared(
  told: Told,
  truth: Told,
): { readonly wrong: readonly string[]; readonly known: number } {
  const said = regions.filter(({ name }) => told[name] !== undefined && truth[name] !== undefined);
  return {
    wrong: said
      .filter(({ name }) => told[name] !== truth[name])
      .map(({ name }) => `${name} is ${truth[name]}, told was ${told[name]}`),
    known: said.length,
  };
}
