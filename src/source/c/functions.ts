import { drain } from '#base/drain.ts';
import { blank, type Directive } from './blank.ts';
import { respelt } from './words.ts';

/** The definition of a function in a file. Lines count from 1. */
export interface CFunction {
  readonly name: string;
  readonly file: string;
  /** Of its declaration, of its name, and of its last brace. */
  readonly line: number;
  readonly nameLine: number;
  readonly endLine: number;
  /** Its text with directives blanked, from the start of `line` to the last brace. */
  readonly text: string;
  /** The names that it seems to call, in no order. */
  readonly calls: ReadonlySet<string>;
  /** False where no brace ends it: it was cut where the next one begins. */
  readonly whole: boolean;
}

/** A file of C, read. */
export interface CFile {
  readonly name: string;
  /** As they stand in the file, without their ends. */
  readonly lines: readonly string[];
  readonly functions: readonly CFunction[];
  /** What macros name, by the macro: a function in all but form. */
  readonly macros: readonly { readonly name: string; readonly calls: ReadonlySet<string> }[];
  /** What members of tables are set to: `.set_efer = svm_set_efer`. */
  readonly members: readonly { readonly member: string; readonly value: string; readonly line: number }[];
}

/** Words that look like the name of a function before a bracket and only say something about one. */
const attributes =
  /^(?:__attribute__|__attribute|__aligned|__section|__printf|__acquires|__releases|__must_hold\w*|__alloc_size|__malloc|__assume_aligned|__diagnose_as|__nonnull|__declspec|_Alignas|asm|__asm__|__asm|noinstr_\w+)$/;
const control = /^(?:if|for|while|switch|return|sizeof|typeof|do|else|case|goto)$/;
const token = /[A-Za-z_]\w*|[{}();=*]/g;
const calling = /([A-Za-z_]\w*)\s*\(/g;
const member = /\.\s*(\w+)\s*=\s*&?(\w+)|\[\s*(\w+)\s*\]\s*=\s*&?(\w+)/g;
/** A line of kernel style that begins something new although a brace is missing before it. */
const anew = /^(?:static|int|void|bool|u8|u16|u32|u64|unsigned|struct|enum|const|noinline|__always_inline)\b/;

/** Longest macro that is looked into, in characters. */
const longestMacro = 4000;

interface Found {
  readonly name: string;
  readonly at: number;
}

/** What is known of a declaration while it is read. */
interface Declaration {
  from: number | undefined;
  found: Found | undefined;
  /** The token before, `)` where a bracket was closed. */
  before: string;
  /** An `=` came: what follows in braces are values. */
  values: boolean;
}

const nothing = (): Declaration => ({ from: undefined, found: undefined, before: '', values: false });

/** Find the functions of a file by its brackets; what is wrong in one function does not hide the next. */
export function readFile(name: string, text: string): CFile {
  return drain(readInSteps(name, text));
}

/** The same, with a step after each function for whoever has to do something else meanwhile. */
export function* readInSteps(name: string, text: string): Generator<string, CFile> {
  yield name;
  return yield* new Reader(name, text).read();
}

class Reader {
  private readonly name: string;
  private readonly text: string;
  private readonly code: string;
  private readonly plain: string;
  private readonly directives: readonly Directive[];
  private readonly lines: readonly string[];
  private readonly starts: readonly number[];
  private readonly functions: CFunction[] = [];
  private readonly members: CFile['members'][number][] = [];
  private at = 0;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    ({ code: this.code, plain: this.plain, directives: this.directives } = blank(text));
    this.starts = lineStarts(text);
    this.lines = text.split('\n').map((row) => row.replace(/\r$/, ''));
  }

  *read(): Generator<string, CFile> {
    let open = nothing();
    for (let next = this.next(); next; next = this.next()) {
      if (next.word === '{') {
        this.body(open, next.at);
        yield open.found?.name ?? '';
        open = nothing();
      } else open = this.declare(open, next.word, next.at);
    }
    const { name, lines, functions, members } = this;
    return { name, lines, functions, members, macros: this.directives.flatMap((one) => this.macro(one)) };
  }

  private macro({ word, from, to }: Directive): CFile['macros'] {
    if (word !== 'define' || to - from > longestMacro) return [];
    const text = this.text.slice(from, to);
    const [, name, args, body] = /^#\s*define\s+(\w+)(\([^)]*\))?\s*([^]*)$/.exec(text) ?? [];
    if (name === undefined || body === undefined) return [];
    const alias = args === undefined ? /^[A-Za-z_]\w*$/.exec(body.trim()) : null;
    return [{ name, calls: alias ? new Set(alias) : callsIn(body) }];
  }

  private next(): { readonly word: string; readonly at: number } | undefined {
    token.lastIndex = this.at;
    const found = token.exec(this.code);
    if (!found) return undefined;
    this.at = token.lastIndex;
    return { word: found[0], at: found.index };
  }

  /** Take one more word of a declaration outside all braces. */
  private declare(open: Declaration, word: string, at: number): Declaration {
    if (word === '}') return nothing();
    if (word === ';') return isOldStyle(open) ? { ...open, before: ';' } : nothing();
    const from = open.from ?? at;
    if (word === '=') return { ...open, from, values: true };
    if (word !== '(') return { ...open, from, before: word === ')' ? open.before : word };
    const name = open.before;
    this.at = this.bracketEnd(at);
    if (attributes.test(name)) return { ...open, from, before: open.found ? ')' : '' };
    const nameAt = this.code.lastIndexOf(name, at);
    const isName = /^[A-Za-z_]/.test(name) && !control.test(name);
    if (!isName || (open.found && this.follows(nameAt))) return { ...open, from, before: ')' };
    return {
      ...open,
      from: open.found ? this.lineStart(nameAt) : from,
      found: { name, at: nameAt },
      before: ')',
    };
  }

  /** Whether a word follows a closed bracket: then it says something about the function before it. */
  private follows(at: number): boolean {
    return /\)\s*$/.test(this.code.slice(Math.max(0, at - 200), at));
  }

  private bracketEnd(at: number): number {
    let depth = 0;
    const bracket = /[(){};]/g;
    bracket.lastIndex = at;
    for (let found = bracket.exec(this.code); found; found = bracket.exec(this.code)) {
      if (found[0] === '(') depth += 1;
      else if (found[0] !== ')') return found.index;
      else if ((depth -= 1) === 0) return found.index + 1;
    }
    return this.code.length;
  }

  /** Take what stands in braces: a function, a table, or neither. */
  private body(open: Declaration, at: number): void {
    const { end, whole } = this.braceEnd(at);
    this.at = end;
    if (open.values) this.table(at, end);
    else if (open.found) this.add(open.from ?? open.found.at, open.found, at, { end, whole });
  }

  /** Where a brace is closed. Each branch of an `#if` begins with the braces that were open before it. */
  private braceEnd(at: number): { readonly end: number; readonly whole: boolean } {
    const depths: number[] = [];
    let depth = 0;
    let directive = this.directives.findIndex(({ from }) => from > at);
    const brace = /[{}]|^(?=\w)/gm;
    brace.lastIndex = at;
    for (let found = brace.exec(this.code); found; found = brace.exec(this.code)) {
      for (; directive >= 0 && (this.directives[directive]?.from ?? Infinity) < found.index; directive += 1)
        depth = branch(this.directives[directive]!.word, depths, depth);
      if (found[0] === '{') depth += 1;
      else if (found[0] === '}') {
        depth -= 1;
        if (depth <= 0 || (this.column(found.index) === 0 && this.column(at) === 0))
          return { end: found.index + 1, whole: true };
      } else {
        brace.lastIndex = found.index + 1;
        if (
          found.index > at &&
          anew.test(this.code.slice(found.index, found.index + 40)) &&
          this.column(at) === 0
        )
          return { end: found.index, whole: false };
      }
    }
    return { end: this.code.length, whole: false };
  }

  private table(from: number, to: number): void {
    for (const [, name, value, index, handler] of matches(member, this.code.slice(from, to)))
      this.members.push({
        member: name ?? index ?? '',
        value: value ?? handler ?? '',
        line: this.lineOf(from),
      });
  }

  private add(
    from: number,
    { name, at }: Found,
    open: number,
    { end, whole }: { readonly end: number; readonly whole: boolean },
  ): void {
    const line = this.lineOf(from);
    const last = Math.max(from, end - 1);
    this.functions.push({
      name,
      file: this.name,
      line,
      nameLine: this.lineOf(at),
      endLine: this.lineOf(last),
      text: this.plain.slice(this.starts[line - 1], end),
      calls: callsIn(this.code.slice(open, end)),
      whole,
    });
  }

  private lineStart(at: number): number {
    return this.starts[this.lineOf(at) - 1] ?? 0;
  }

  private column(at: number): number {
    return at - this.lineStart(at);
  }

  private lineOf(at: number): number {
    return lineAt(this.starts, at);
  }
}

/** Where the lines of a text begin. Only a line feed ends one. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The line that an offset stands in, from 1. */
export function lineAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= at) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Parameters declared between the brackets and the brace, as before 1989. */
function isOldStyle({ found, before }: Declaration): boolean {
  return (
    found !== undefined &&
    /^[A-Za-z_]\w*$/.test(before) &&
    !attributes.test(before) &&
    !before.startsWith('__')
  );
}

/** How many braces are open after a directive. */
function branch(word: string, depths: number[], depth: number): number {
  if (word.startsWith('if')) depths.push(depth);
  else if (word.startsWith('el')) return depths.at(-1) ?? depth;
  else if (word === 'endif') depths.pop();
  return depth;
}

const callsIn = (code: string): ReadonlySet<string> =>
  new Set(matches(calling, respelt(code)).map(([, callee]) => callee ?? ''));

const matches = (pattern: RegExp, text: string): readonly RegExpMatchArray[] => [...text.matchAll(pattern)];
