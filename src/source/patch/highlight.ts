import { inPieces, type Piece, type Style } from '../c/highlight.ts';
import { longestFunction } from '../c/items.ts';
import type { FileDiff, Hunk, HunkLine } from './diff-read.ts';

/** How many lines at the beginning of a side are the rest of a comment. */
function commentRest(texts: readonly string[]): number {
  const begin = texts.findIndex((text) => text.includes('/*'));
  const end = texts.findIndex((text) => text.includes('*/'));
  if (end !== -1 && (begin === -1 || end < begin)) return end + 1;
  if (begin !== -1) return 0;
  // Neither is shown: the star before each line tells it.
  const code = texts.findIndex((text) => !/^\s*\*(?:\s|$)/.test(text));
  return code === -1 ? texts.length : code;
}

const whole = (text: string, style: Style): readonly Piece[] => [{ text, style }];

/** The lines of one side as C, by their index in the hunk. */
function sideOf(lines: readonly HunkLine[], sign: '+' | '-'): ReadonlyMap<number, readonly Piece[]> {
  const own = [...lines.entries()].filter(([, line]) => line.sign === ' ' || line.sign === sign);
  const texts = own.map(([, { text }]) => text);
  const rest = commentRest(texts);
  const source = texts.map((text, at) => (at < rest ? '' : text)).join('\n');
  if (source.length > longestFunction) return new Map();
  const pieces = inPieces(source, texts);
  return new Map(
    own.map(([index, { text }], at) => [index, at < rest ? whole(text, 'comment') : pieces[at]!]),
  );
}

/** The lines of a hunk in pieces of one style: each side reads as C of its own. */
export function highlightedHunk({ path }: FileDiff, { lines }: Hunk): readonly (readonly Piece[])[] {
  if (!/\.[ch]$/.test(path)) return lines.map(({ text }) => whole(text, 'plain'));
  const [old, now] = [sideOf(lines, '-'), sideOf(lines, '+')];
  return lines.map(({ sign, text }, index) => (sign === '-' ? old : now).get(index) ?? whole(text, 'plain'));
}
