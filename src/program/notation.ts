import type { ListingName } from './notation-ops.ts';
import { formatOp, offersFor, readLine, wordsOf } from './notation-line.ts';
import type { Offer } from './notation-operand.ts';
import type { Op } from './types.ts';

export { formatOp } from './notation-line.ts';
export type { Offer } from './notation-operand.ts';
export type { ListingName } from './notation-ops.ts';

/** The notation of programs: an operation to a line, `#` begins a comment, blank lines count for nothing. */

export const listingNames = ['l1', 'l2', 'smm', 'userspace'] as const satisfies readonly ListingName[];

/** What is wrong with a line of a listing. Lines and columns count from 1. */
export interface LineProblem {
  readonly line: number;
  readonly column: number;
  /** Characters that it is about. */
  readonly length: number;
  /** What is wrong, and what is allowed instead. */
  readonly message: string;
}

/** A listing as it was read: its operations with the line of each, and every problem. */
export interface Reading {
  readonly ops: readonly { readonly op: Op; readonly line: number }[];
  readonly problems: readonly LineProblem[];
}

/** Problems of a listing that are told: whoever has more pasted something else. */
const toldProblems = 100;

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

export function formatOps(ops: readonly Op[]): string {
  return ops.map(formatOp).join('\n');
}

export function readOps(list: ListingName, text: string): Reading {
  const ops: { readonly op: Op; readonly line: number }[] = [];
  const problems: LineProblem[] = [];
  for (const [index, content] of linesOf(text).entries()) {
    const line = index + 1;
    const read = readLine(list, content);
    if (read.ok) {
      if (read.value) ops.push({ op: read.value, line });
      continue;
    }
    const { at, length, message } = read.error;
    problems.push({ line, column: at + 1, length, message });
    if (problems.length === toldProblems) break;
  }
  return { ops, problems };
}

/** What may be written in place of the word that ends at the caret. */
export interface Completion {
  /** Characters of the line before the word. */
  readonly from: number;
  /** What stands before the word is not complete without it. */
  readonly needed: boolean;
  /** Best first; none of them is what stands there already. */
  readonly offers: readonly (Offer & {
    /** The line is not finished with it: more words have to follow. */
    readonly unfinished: boolean;
  })[];
}

/** Offers that a list shows. */
const mostOffers = 60;

/** What may be written at a column of a line, counted from 0; undefined where nothing is to be offered. */
export function completionAt(list: ListingName, line: string, column: number): Completion | undefined {
  const before = line.slice(0, column);
  if (before.includes('#') || /^[^\s#]/.test(line.slice(column))) return undefined;
  const typed = /\S*$/.exec(before)?.[0] ?? '';
  const from = column - typed.length;
  const offers = offersFor(list, [...wordsOf(before.slice(0, from)), { text: typed, at: from }]);
  if (offers.some(({ text }) => text === typed)) return undefined;
  const found = matching(offers, typed).slice(0, mostOffers);
  if (found.length === 0) return undefined;
  const start = before.slice(0, from);
  return {
    from,
    needed: !readLine(list, start).ok,
    offers: found.map((offer) => ({ ...offer, unfinished: !readLine(list, start + offer.text).ok })),
  };
}

/** Characters from which on a word is looked for also within the offers. */
const tellingLength = 2;

/** The offers that begin with what is typed, then those that contain it. */
function matching(offers: readonly Offer[], typed: string): readonly Offer[] {
  const wanted = typed.toUpperCase();
  const place = ({ text }: Offer): number => text.toUpperCase().indexOf(wanted);
  return offers
    .filter((offer) => place(offer) === 0 || (place(offer) > 0 && typed.length >= tellingLength))
    .toSorted((a, b) => Number(place(a) > 0) - Number(place(b) > 0));
}
