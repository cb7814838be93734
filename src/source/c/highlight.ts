import { parser } from '@lezer/cpp';
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { longestFunction } from './items.ts';
import type { CFile, CFunction } from './functions.ts';

export type Style = 'comment' | 'keyword' | 'type' | 'string' | 'number' | 'macro' | 'plain';

/** A piece of a line in one style. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
}

const styles = tagHighlighter([
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.keyword, tags.controlKeyword, tags.modifier, tags.definitionKeyword], class: 'keyword' },
  { tag: [tags.typeName, tags.standard(tags.typeName)], class: 'type' },
  { tag: [tags.string, tags.character], class: 'string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'number' },
]);

/** The lines of a function as they stand in its file, each in pieces of one style. */
export function highlighted(file: CFile, fn: CFunction): readonly (readonly Piece[])[] {
  const shown = file.lines.slice(fn.line - 1, fn.endLine);
  if (fn.text.length > longestFunction) return shown.map((text) => [{ text, style: 'plain' }]);
  return inPieces(fn.text, shown);
}

/** Lines of C in pieces of one style, as they read in this text, which has the same lines and columns. */
export function inPieces(source: string, shown: readonly string[]): readonly (readonly Piece[])[] {
  const spans: { readonly from: number; readonly to: number; readonly style: Style }[] = [];
  highlightTree(parser.parse(source), styles, (from, to, style) => {
    spans.push({ from, to, style: style.split(' ')[0] as Style });
  });
  let start = 0;
  let at = 0;
  return source.split('\n').map((row, index) => {
    const end = start + row.length;
    const text = shown[index] ?? '';
    const pieces: Piece[] = [];
    let done = start;
    while (at < spans.length && spans[at]!.to <= start) at += 1;
    for (let span = at; span < spans.length && spans[span]!.from < end; span += 1) {
      const { from, to, style } = spans[span]!;
      cut(pieces, text, done - start, from - start, 'plain');
      cut(pieces, text, Math.max(from, start) - start, to - start, style);
      done = Math.max(done, Math.min(to, end));
    }
    cut(pieces, text, done - start, text.length, 'plain');
    start = end + 1;
    return /^\s*#/.test(text) ? [{ text, style: 'macro' }] : pieces;
  });
}

function cut(pieces: Piece[], text: string, from: number, to: number, style: Style): void {
  const part = text.slice(Math.max(0, from), Math.max(0, to));
  if (part !== '') pieces.push({ text: part, style });
}
