import { firstLook } from '#session/page-look.ts';
import { ByteReader, Damaged } from './bytes.ts';
import { unfolded } from './fold.ts';
import { unpack } from './pack.ts';

/**
 * Every version of links that there ever was. A version that was given out stays here for ever; the newest is the one
 * that is written. A new one is a reader here, an upgrader from the one before it, and fixtures of its own.
 */

/** What the newest version holds, still unchecked. */
export interface Unchecked {
  readonly session: unknown;
  readonly look: unknown;
}

/** The bytes of a link as the form that its version has; each throws where it cannot read them. */
const readers: Readonly<Record<number, (bytes: readonly number[]) => unknown>> = {
  /** The stored session as JSON, without how it is shown. */
  1: (bytes) => jsonOf(new ByteReader(bytes).text()),
  /** A packed view. */
  2: (bytes) => unfolded(unpack(bytes)),
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Damaged('it is no JSON');
  }
}

/** From the form of one version to that of the next. */
const upgraders: Readonly<Record<number, (form: unknown) => unknown>> = {
  1: (session) => ({ session, look: firstLook }) satisfies Unchecked,
};

export const oldestVersion = 1;
export const newestVersion = 2;

/** The content of a link of any version, in the form of the newest. */
export function read(version: number, bytes: readonly number[]): Unchecked {
  let form = readers[version]?.(bytes);
  for (let at = version; at < newestVersion; at += 1) form = upgraders[at]?.(form);
  return form as Unchecked;
}
