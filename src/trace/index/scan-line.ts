import { kernelArgs } from '../lines/kernel-args.ts';
import { isMarker, isPadded } from '../lines/event-line.ts';
import type { RecordingFormat } from '../questions.ts';
import { ByteCursor } from './byte-cursor.ts';
import { type Draft, known, type Tables } from './draft.ts';
import { isWord } from './names.ts';
import { LastTexts, LastThread } from './repeats.ts';
import { scanArgs } from './scan-args.ts';

const space = 0x20;
const hyphen = 0x2d;
const colon = 0x3a;
const opening = 0x5b;
const closing = 0x5d;
const slash = 0x2f;
const bar = 0x7c;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
/** What the scanner made of a line: an event of a format, a call, or nothing, and then the plain reader reads it. */
export type Scanned = Exclude<RecordingFormat, 'trace-cmd raw'> | 'call' | undefined;

/**
 * Reads the lines that come by the million, in the exact forms in which tracers print them, without making text of
 * them. Whatever is of another form, be it by one byte, is left to the plain reader.
 */
export class LineScanner {
  private readonly cursor = new ByteCursor();
  private readonly draft: Draft;
  private readonly tables: Tables;
  /** By code of the event: 1 where nothing reads its text, 2 where something does, 0 where that was not asked. */
  private readonly plain = new Uint8Array(4096);
  private readonly thread = new LastThread();
  private readonly texts = new LastTexts();
  /** By the code of an event: which came after it the last time. */
  private readonly next = new Uint16Array(4096);
  private last = 0;
  /** Spaces between the name that was read last and its text. */
  private gap = 0;

  constructor(draft: Draft, tables: Tables) {
    this.draft = draft;
    this.tables = tables;
  }

  /** The bytes that lines are of; to be said anew where the draft is for other columns. */
  over(bytes: Uint8Array): void {
    this.cursor.over(bytes);
    this.texts.forget();
  }

  /** Where the line ended that was scanned last, if it was. */
  get end(): number {
    return this.cursor.at;
  }

  /** The line that begins there; what it says is in the draft. */
  scan(from: number): Scanned {
    const scanned = this.thread.isAt(this.cursor, from) ? this.afterThread() : this.fromStart(from);
    // Who else reads the line leaves somebody else in the draft.
    if (scanned !== 'ftrace' && scanned !== 'trace-cmd') this.thread.forget();
    return scanned;
  }

  private fromStart(from: number): Scanned {
    const { cursor } = this;
    const { bytes } = cursor;
    cursor.start(from, bytes.length);
    let at = cursor.behindSpaces(from);
    // A comment, or another kind of space.
    if (at === bytes.length || bytes[at] === 0x23 || bytes[at]! > 0x7e) return undefined;
    if (isDigit(bytes[at])) {
      cursor.start(at, cursor.lineEnd(at));
      const graph = this.graph();
      if (graph) return graph;
      // It may have begun to write.
      this.draft.clear();
    }
    // The prefix ends before the first bracket that is not of a task's name; such names are left out.
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte < space) return undefined;
      if (byte === hyphen && isDigit(bytes[at + 1])) return this.ftrace(from, at);
      if (byte === opening) return this.perf(from, at);
    }
    return undefined;
  }

  private ftrace(from: number, mark: number): Scanned {
    const { cursor, draft } = this;
    const { bytes } = cursor;
    cursor.start(mark + 1, bytes.length);
    const pid = cursor.decimal(10);
    if (pid < 0 || !cursor.spaces() || !cursor.byte(opening) || !this.processor()) return undefined;
    draft.pid = pid;
    draft.setTask(bytes, from, mark);
    this.thread.keep(cursor, from);
    return this.afterThread();
  }

  /** From behind the processor on. */
  private afterThread(): Scanned {
    if (!this.flags()) return undefined;
    const length = this.timeAndName();
    if (length < 0 || !this.args(false)) return undefined;
    return isPadded(length, this.gap) ? 'trace-cmd' : 'ftrace';
  }

  /** `[000]` after its bracket, and the spaces after it. */
  private processor(): boolean {
    const { cursor, draft } = this;
    const cpu = cursor.decimal(5);
    draft.cpu = cpu;
    return cpu >= 0 && cursor.bytes[cursor.at++] === closing && cursor.spaces();
  }

  /** Four to six characters where no time stands yet. */
  private flags(): boolean {
    const { cursor } = this;
    const { bytes, to } = cursor;
    if (isDigit(bytes[cursor.at])) return true;
    const from = cursor.at;
    let at = from;
    while (at < to && bytes[at]! > space && bytes[at]! < 0x7f) at++;
    cursor.at = at;
    return at - from >= 4 && at - from <= 6 && cursor.spaces();
  }

  /** `12.500000: kvm_exit: `; the length of the name, -1 where that is not what stands here. */
  private timeAndName(): number {
    const { cursor, draft } = this;
    const seconds = cursor.seconds();
    draft.setSeconds(seconds);
    if (seconds < 0 || !cursor.byte(colon) || !cursor.spaces()) return -1;
    return this.name();
  }

  /** The name of an event that was met before, its colon, and the spaces after it; the length of the name, or -1. */
  private name(): number {
    const { cursor, draft, next, last } = this;
    const from = cursor.at;
    // What came after the event before comes mostly again.
    const likely = next[last]!;
    const word = this.tables.names.word(likely);
    const end = from + word.length;
    const isLikely = end < cursor.to && cursor.bytes[end] === colon && word.isAt(cursor.view, from);
    const name = isLikely ? likely : this.otherName(from);
    if (name < 0) return -1;
    const length = this.tables.names.word(name).length;
    next[last] = name;
    this.last = name;
    draft.name = name;
    cursor.at = from + length + 1;
    cursor.spaces();
    this.gap = cursor.at - from - length - 1;
    return length;
  }

  /** The code of the name that stands there before a colon. */
  private otherName(from: number): number {
    const { bytes, to, view } = this.cursor;
    if (isDigit(bytes[from])) return -1;
    let at = from;
    while (at < to && isWord(bytes[at]!)) at++;
    if (at >= to || bytes[at] !== colon || at - from > 64 || at === from) return -1;
    return this.tables.names.codeAt(view, from, at);
  }

  /** The text of the event; `alone`: it must hold nothing that could begin another prefix, or end a line elsewhere. */
  private args(alone: boolean): boolean {
    const { cursor, draft } = this;
    draft.number = -1;
    if (draft.name <= known.kvm_userspace_exit) return this.texts.take(cursor, draft) || this.newArgs();
    if (!this.isPlain(draft.name) || (alone && !cursor.isTame())) return false;
    cursor.finish();
    return true;
  }

  private newArgs(): boolean {
    const { cursor, draft } = this;
    const from = cursor.at;
    const read = scanArgs(cursor, draft, this.tables);
    if (read) this.texts.keep(cursor, draft, from);
    return read;
  }

  private isPlain(code: number): boolean {
    const asked = this.plain[code]!;
    if (asked > 0) return asked === 1;
    const name = this.tables.names.text(code);
    const plain = !kernelArgs.has(name) && !isMarker(name);
    this.plain[code] = plain ? 1 : 2;
    return plain;
  }

  /** `  CPU 0/KVM   88 [000]    28.784539:             kvm:kvm_exit: ...`, at its bracket. */
  private perf(from: number, bracket: number): Scanned {
    const { cursor, draft } = this;
    const { bytes } = cursor;
    const to = cursor.lineEnd(bracket);
    let end = bracket;
    while (end > from && bytes[end - 1] === space) end--;
    let begin = end;
    while (begin > from && isDigit(bytes[begin - 1])) begin--;
    if (end === bracket || begin === from || bytes[begin - 1] !== space) return undefined;
    cursor.start(begin, to);
    draft.pid = cursor.decimal(10);
    cursor.at = bracket + 1;
    if (draft.pid < 0 || !this.processor()) return undefined;
    draft.setTask(bytes, from, begin);
    const seconds = cursor.seconds();
    draft.setSeconds(seconds);
    if (seconds < 0 || !cursor.byte(colon) || !cursor.spaces() || !this.system()) return undefined;
    return this.name() < 0 || !this.args(true) ? undefined : 'perf';
  }

  /** `kvm:` */
  private system(): boolean {
    const { cursor } = this;
    const { bytes, to, at: from } = cursor;
    let at = from;
    if (isDigit(bytes[at])) return false;
    while (at < to && isWord(bytes[at]!)) at++;
    cursor.at = at + 1;
    return at > from && at - from <= 64 && at < to && bytes[at] === colon;
  }

  /** ` 0)   2.954 us    |    ` and a call, a return or an event, from the processor on. */
  private graph(): Scanned {
    const { cursor, draft } = this;
    const { bytes, to, at: from } = cursor;
    const cpu = cursor.decimal(5);
    if (cpu < 0 || bytes[cursor.at++] !== 0x29 || !this.duration() || cursor.at - from > 100)
      return undefined;
    cursor.spaces();
    const first = bytes[cursor.at];
    if (cursor.at >= to) return undefined;
    if (first === slash) {
      draft.cpu = cpu;
      return this.graphEvent();
    }
    return this.isCall() ? 'call' : undefined;
  }

  /** How long a call took, where it says so, and the bar. */
  private duration(): boolean {
    const { cursor } = this;
    const { bytes } = cursor;
    cursor.spaces();
    if (bytes[cursor.at] !== bar) {
      if ('+!#*@$'.includes(String.fromCharCode(bytes[cursor.at]!))) cursor.at++;
      cursor.spaces();
      if (cursor.seconds() < 0 || !cursor.spaces()) return false;
      if (bytes[cursor.at++] !== 0x75 || bytes[cursor.at++] !== 0x73) return false;
      cursor.spaces();
    }
    return cursor.at < cursor.to && bytes[cursor.at++] === bar;
  }

  /** `fn [kvm]() {`, `fn();`, `}`: what is told ends with the first of these marks, and no other column is before it. */
  private isCall(): boolean {
    const { bytes, at: from, to } = this.cursor;
    const first = bytes[from]!;
    const isReturn = first === 0x7d;
    if (!isReturn && (!isWord(first) || isDigit(first))) return false;
    let told = isReturn;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === opening && isDigit(bytes[at + 1])) return false;
      if (byte === bar && !told) return false;
      if (byte === 0x7b || byte === 0x7d || byte === 0x3b) told = true;
    }
    return told;
  }

  /** An event as a comment: ends with it. */
  private graphEvent(): Scanned {
    const { cursor, draft } = this;
    const { bytes, at: from, to } = cursor;
    const framed =
      to - from > 8 &&
      bytes[from + 1] === 0x2a &&
      bytes[from + 2] === space &&
      bytes[to - 1] === slash &&
      bytes[to - 2] === 0x2a &&
      bytes[to - 3] === space;
    if (!framed) return undefined;
    cursor.start(from + 3, to - 3);
    draft.pid = undefined;
    draft.setSeconds(Number.NaN);
    draft.setTask(bytes, from, from);
    if (this.name() < 0 || this.gap !== 1) return undefined;
    // Whatever else is a comment may be somebody's note.
    if (!/^kvm_./.test(this.tables.names.text(draft.name))) return undefined;
    return this.args(true) ? 'function_graph' : undefined;
  }
}
