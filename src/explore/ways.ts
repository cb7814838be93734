import type { Op, Program } from '#program/types.ts';
import type { Part } from './bounds.ts';
import type { Way } from './reach.ts';

/** A setup, and operations one after the other. */
export interface Story {
  readonly setup: Program;
  readonly operations: readonly Op[];
}

/** Stories that are tried as a witness: the first is the shortest, the others are there should it not be writable. */
export const candidateLimit = 24;

/** Sorts stories by how many operations they have. */
export const shorterFirst = (left: Story, right: Story): number =>
  left.operations.length - right.operations.length;

/** How a state was reached, from the start, and the operation that was carried out there, if one is given. */
export function storyOf(part: Part, way: (state: number) => Way, state: number, operation?: number): Story {
  const operations: Op[] = operation === undefined ? [] : [part.operations[operation]!];
  let { from, by } = way(state);
  for (; from >= 0; { from, by } = way(from)) operations.push(part.operations[by]!);
  return { setup: part.setups[by]!, operations: operations.toReversed() };
}
