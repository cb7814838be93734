/** A text to be sent, apart from how it is written: one content, a printer for each form. Code stands between backquotes. */

/** A line of a drawing: what is drawn, and the words to the right of it. */
export interface DrawnLine {
  readonly drawn: string;
  readonly words: string;
  /** What stands below the drawn part where the words need more lines. */
  readonly below: string;
  /** Columns by which further lines of the words are indented. */
  readonly hang: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** The cells are code. */
      readonly code: boolean;
    }
  | { readonly kind: 'drawing'; readonly lines: readonly DrawnLine[] }
  /** An address, which cannot be broken. */
  | { readonly kind: 'link'; readonly label: string; readonly href: string };

export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What somebody typed, on one line and with nothing in it that would begin code. */
export function typed(text: string): string {
  return text.replaceAll('`', "'").replaceAll(/\s+/g, ' ').trim();
}
