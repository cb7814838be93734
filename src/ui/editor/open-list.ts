import { completionAt, type Completion, type ListingName } from '#program/notation.ts';

/** The list of what may be written next, while it is open. */
export interface OpenList extends Completion {
  /** Line of the text, from 0. */
  readonly line: number;
  /** Characters of the text before that line. */
  readonly lineStart: number;
  /** Where the caret stands in the text. */
  readonly caret: number;
  /** The offer that Enter takes; none: Enter begins a new line. */
  readonly active: number | undefined;
}

/**
 * The list for a caret in a text; undefined where it stays shut. Unasked it stays shut on an empty line, and takes
 * no Enter where a line may as well end.
 */
export function openList(
  list: ListingName,
  text: string,
  caret: number,
  asked: boolean,
): OpenList | undefined {
  const lineStart = text.lastIndexOf('\n', caret - 1) + 1;
  const line = text.slice(0, lineStart).split('\n').length - 1;
  const content = text.slice(lineStart).split('\n', 1)[0] ?? '';
  const column = caret - lineStart;
  const completion = completionAt(list, content, column);
  if (!completion) return undefined;
  const isEmpty = completion.from === column;
  if (isEmpty && !asked && content.slice(0, column).trim() === '') return undefined;
  const active = asked || !isEmpty || completion.needed ? 0 : undefined;
  return { ...completion, line, lineStart, caret, active };
}

/** The list with the next or the last offer active, around its ends. */
export function moved(open: OpenList, by: 1 | -1): OpenList {
  const { active, offers } = open;
  const from = active ?? (by === 1 ? -1 : offers.length);
  return { ...open, active: (from + by + offers.length) % offers.length };
}
