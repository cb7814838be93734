import { figure } from '#base/figures.ts';
import type { Actor, Context } from '#program/types.ts';
import { labelOf } from '#session/possible.ts';
import type { AlignedStep, Alignment, ReadProgress, Told, Verdict } from './questions.ts';

/** What is said about the conformance of a recording, on the page and in text. */

export const verdicts: readonly Verdict[] = ['explained', 'unexplained', 'impossible'];

export const verdictWords: Readonly<Record<Verdict, string>> = {
  explained: 'the model does the same',
  unexplained: 'the model does not speak of it',
  impossible: 'the model does something else, in every state that the recording allows',
};

export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${figure(number)} ${number === 1 ? one : many}`;

/** One sentence about a recording on a kernel. */
export function headline({ kernel, events, impossible }: Alignment): string {
  if (impossible > 0)
    return `${kernel} does not do what was recorded: ${counted(impossible, 'step is', 'steps are')} impossible on it.`;
  if (events.explained === 0) return `Nothing in the recording is about what ${kernel} models.`;
  if (events.unexplained === 0) return `${kernel} does everything that was recorded.`;
  return `${kernel} does all that was recorded, as far as it is modelled.`;
}

/** Where an operation ran, in a few words. */
export function whereWords(context: Context | null | undefined): string {
  if (context === undefined) return 'L1 or L2: the recording does not tell';
  return context === null ? 'userspace' : context;
}

export const partyOf = (context: Context | null | undefined): Actor | undefined =>
  context === undefined ? undefined : (context ?? 'userspace');

export const lineWords = ([first, last]: readonly [number, number]): string =>
  first === last ? `line ${figure(first)}` : `lines ${figure(first)} to ${figure(last)}`;

/** What a step is about: its operation; of an impossible one its first event; else that the model has none for it. */
export const stepTitle = ({ op, recorded }: AlignedStep): string =>
  op ? labelOf(op) : (recorded[0] ?? 'not modelled');

/** A state of each region that is known, as name and state. */
export const toldPairs = (told: Told): readonly (readonly [string, string])[] =>
  Object.entries(told).flatMap(([name, state]) => (state === undefined ? [] : [[name, state] as const]));

/** How far a question is, in a few words. */
export function farWords(far: ReadProgress | undefined): string {
  if (!far) return '';
  const part = far.of === undefined || far.of === 0 ? '' : `${Math.floor((far.bytes / far.of) * 100)} %, `;
  return `${part}${figure(far.events)} events`;
}
