import type { Piece, Style } from '#source/c/highlight.ts';

const inks: Readonly<Record<Style, string>> = {
  comment: 'text-ink-3 italic',
  keyword: 'font-semibold text-accent',
  type: 'font-semibold',
  string: 'text-ink-2',
  number: 'text-ink-2',
  macro: 'text-ink-2',
  plain: '',
};

interface Props {
  readonly pieces: readonly Piece[];
  /** All in one style. */
  readonly flat?: boolean;
}

/** Show a line of C. */
export function Pieces({ pieces, flat = false }: Props) {
  return pieces.map(({ text, style }, index) => (
    // The pieces of one line never change places.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={index} className={flat ? undefined : inks[style]}>
      {text}
    </span>
  ));
}
