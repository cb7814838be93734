import type { Result } from '#base/result.ts';
import { programToJson } from '#program/format.ts';
import type { ListingName } from '#program/notation.ts';
import { listingsOf, readProgram, type ListingProblem, type Listings } from '#program/notation-program.ts';
import type { Program } from '#program/types.ts';

/** A program while it is edited. */
export interface Draft {
  /** Where host, guest and vmcb12 come from; absent: from the program that runs, as the page has set them. */
  readonly frame?: Program;
  readonly title: string;
  readonly listings: Listings;
}

/** What was typed as a program, or everything that is wrong with it. */
export type Checked = Result<Program, readonly ListingProblem[]>;

export function draftOf(program: Program): Draft {
  return { title: program.title, listings: listingsOf(program) };
}

export function checkedDraft({ frame, title, listings }: Draft, running: Program): Checked {
  return readProgram(frame ?? running, title, listings);
}

export function withListing(draft: Draft, list: ListingName, text: string): Draft {
  return { ...draft, listings: { ...draft.listings, [list]: text } };
}

/** Whether both are the same program, however they are typed. */
export function isSame(left: Program, right: Program): boolean {
  return left === right || JSON.stringify(programToJson(left)) === JSON.stringify(programToJson(right));
}

/** Whether applying the draft would put something else in place of what runs, or could not be done. */
export function differs(draft: Draft, running: Program): boolean {
  const checked = checkedDraft(draft, running);
  return !checked.ok || !isSame(checked.value, running);
}

/** What the parts that are not typed say beyond the defaults, as `host.nrips=false`. */
export function frameWords(frame: Program): readonly string[] {
  const { host, guest, vmcb12 } = programToJson(frame);
  return wordsFor({ host, guest, vmcb12 }, '');
}

function wordsFor(value: object, prefix: string): readonly string[] {
  return Object.entries(value).flatMap(([key, part]: readonly [string, unknown]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (Array.isArray(part)) return [`${path}=${part.join(',') || 'none'}`];
    if (typeof part === 'object' && part !== null) return wordsFor(part, path);
    return part === undefined ? [] : [`${path}=${JSON.stringify(part)}`];
  });
}

/** The name for a file that holds the program. */
export function fileNameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  return `${name || 'program'}.json`;
}
