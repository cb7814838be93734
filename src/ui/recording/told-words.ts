import { regions, type RegionName } from '#machine/facts.ts';
import type { Told } from '#trace/questions.ts';

/** What an event told of a region. */
export interface Learned {
  readonly region: RegionName;
  /** Undefined: it was not known, or is not any more. */
  readonly was: string | undefined;
  readonly now: string | undefined;
}

/** What is known after an event and was not before it, or the other way round. */
export function learned(told: Told, before: Told): readonly Learned[] {
  return regions
    .map(({ name }) => ({ region: name, was: before[name], now: told[name] }))
    .filter(({ was, now }) => was !== now);
}

/** Regions of which nothing is known. */
export const untold = (told: Told): readonly RegionName[] =>
  regions.map(({ name }) => name).filter((name) => told[name] === undefined);

/** A change in words; what is not known is a question mark. */
export const learnedWords = ({ was, now }: Learned): string => `${was ?? '?'} → ${now ?? '?'}`;
