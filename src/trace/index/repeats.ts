import type { ByteCursor } from './byte-cursor.ts';
import { type Draft, known } from './draft.ts';

/** Names of events whose text is remembered. */
const texts = known.kvm_userspace_exit + 1;
const nowhere = new DataView(new ArrayBuffer(0));

/** Whether so many bytes, four or more, are the same at two places. */
function isSame(view: DataView, at: number, other: DataView, from: number, length: number): boolean {
  const last = length - 4;
  for (let four = 0; four < last; four += 4)
    if (view.getInt32(at + four, true) !== other.getInt32(from + four, true)) return false;
  return view.getInt32(at + last, true) === other.getInt32(from + last, true);
}

/** What the draft says of a thread, as the bytes that told it: lines after one another are mostly of one thread. */
export class LastThread {
  private view: DataView = nowhere;
  private from = 0;
  private length = 0;

  /** It stands from here to the cursor. */
  keep({ view, at }: ByteCursor, from: number): void {
    this.view = view;
    this.from = from;
    this.length = at - from;
  }

  forget(): void {
    this.length = 0;
  }

  /** Whether a line begins with the same bytes: then the cursor is behind them. */
  isAt(cursor: ByteCursor, from: number): boolean {
    const { length } = this;
    const { bytes, view } = cursor;
    if (length === 0 || from + length > bytes.length) return false;
    if (!isSame(view, from, this.view, this.from, length)) return false;
    cursor.start(from + length, bytes.length);
    return true;
  }
}

/** The last text of each event that has columns, and the row of them: what a guest does in a loop is read once. */
export class LastTexts {
  private readonly from = new Uint32Array(texts);
  /** With the newline; 0 where there is none. */
  private readonly length = new Uint32Array(texts);
  private readonly row = new Uint32Array(texts);
  private readonly number = new Int32Array(texts);

  /** Before other bytes, or other columns. */
  forget(): void {
    this.length.fill(0);
  }

  /** The text from there to the cursor is that of the draft; it is kept where a newline ends it. */
  keep({ bytes, at }: ByteCursor, draft: Draft, from: number): void {
    const { name } = draft;
    const ends = bytes[at] === 0x0a && at - from >= 4;
    this.from[name] = from;
    this.length[name] = ends ? at + 1 - from : 0;
    this.row[name] = draft.row;
    this.number[name] = draft.number;
  }

  /** Whether the text is as that of the event before: then it is in the draft, and the cursor behind it. */
  take(cursor: ByteCursor, draft: Draft): boolean {
    const { name } = draft;
    const length = this.length[name]!;
    const { view, at, bytes } = cursor;
    if (length === 0 || at + length > bytes.length || !isSame(view, at, view, this.from[name]!, length))
      return false;
    cursor.at = at + length - 1;
    draft.number = this.number[name]!;
    draft.repeat(this.row[name]!);
    return true;
  }
}
