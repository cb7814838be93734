import type { Talk } from '#program/talk.ts';
import { listDiscussion } from './tours/list-discussion.ts';

/** A talk that comes with the page. */
export interface Tour extends Talk {
  readonly id: string;
  /** What it is about, in a sentence. */
  readonly claim: string;
}

/** Every tour, in the order in which the page offers them. */
export const tours: readonly Tour[] = [listDiscussion];
