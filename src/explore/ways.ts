import type { Op, Program } from '#program/types.ts';
import type { Part } from './bounds.ts';
import type { Way } from './reach.ts';

/** A setup, and operations one after the other. */
export interface Story {
  readonly setup: Program;
  readonly operations: readonly Op[];
}

/** How a state was reached, from the start. */
export function storyOf(part: Part, way: (state: number) => Way, state: number): Story {
  const operations: Op[] = [];
  let { from, by } = way(state);
  for (; from >= 0; { from, by } = way(from)) operations.push(part.operations[by]!);
  return { setup: part.setups[by]!, operations: operations.toReversed() };
}

/** How many operations lead to a state. */
export function depthOf(way: (state: number) => Way, state: number): number {
  let depth = 0;
  for (let { from } = way(state); from >= 0; { from } = way(from)) depth += 1;
  return depth;
}
