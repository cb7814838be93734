import { RecordingError } from '../recording-error.ts';
import { hashAt, hashOf, Word } from './word.ts';

/** A kernel has some thousand tracepoints; who needs more of them is no kernel. */
const maxNames = 4096;

/** Words that come again and again, by a small number. Looked up as bytes of ASCII, so that no text is made of them. */
export class Names {
  private readonly texts: string[] = [];
  private readonly words: Word[] = [];
  private readonly codes = new Map<string, number>();
  /** Code and one, by hash; open addressing. */
  private readonly slots = new Uint16Array(4 * maxNames);
  private readonly what: string;

  constructor(what: string, known: readonly string[]) {
    this.what = what;
    for (const name of known) this.code(name, 0);
  }

  get size(): number {
    return this.texts.length;
  }

  text(code: number): string {
    return this.texts[code]!;
  }

  word(code: number): Word {
    return this.words[code]!;
  }

  /** The code of a name that may be new. `line` is for the error where there are too many. */
  code(text: string, line: number): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.length;
    if (code === maxNames)
      throw new RecordingError(line, `more than ${maxNames} ${this.what}, no trace has so many`);
    this.texts.push(text);
    this.words.push(new Word(text));
    this.codes.set(text, code);
    // Found as text only: bytes beyond ASCII are no characters, and a bracket may begin a prefix.
    if (!/^[ -Z\\-~]*$/.test(text)) return code;
    let slot = this.slot(hashOf(text));
    while (this.slots[slot] !== 0) slot = this.slot(slot + 1);
    this.slots[slot] = code + 1;
    return code;
  }

  /** The code of a known name, else undefined. */
  known(text: string): number | undefined {
    return this.codes.get(text);
  }

  /** The code of the name in these bytes, -1 where it is new. */
  codeAt(view: DataView, from: number, to: number): number {
    for (let slot = this.slot(hashAt(view, from, to)); ; slot = this.slot(slot + 1)) {
      const code = this.slots[slot]! - 1;
      if (code < 0) return code;
      const word = this.words[code]!;
      if (word.length === to - from && word.isAt(view, from)) return code;
    }
  }

  private slot(hash: number): number {
    return hash & (this.slots.length - 1);
  }
}

/** Whether a byte is a letter, a digit or an underscore. */
export const isWord = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x5f ||
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a);
