import { quote } from './problem.ts';

/** Where and why a text is not JSON that means one thing. */
export interface JsonFault {
  /** Characters before the fault. */
  readonly at: number;
  readonly message: string;
}

/** Lists and objects inside one another; a program has a handful. */
const deepest = 64;

interface Cursor {
  readonly text: string;
  at: number;
}

/**
 * The first fault of a text, or undefined. Every browser's JSON.parse() words its complaint differently, and not every
 * one says where; none minds a key that stands twice in one object.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const cursor: Cursor = { text, at: 0 };
  const fault = scanValue(cursor, 0);
  if (fault !== undefined) return fault;
  return peek(cursor) === '' ? undefined : unexpected(cursor, 'the end of the text');
}

/** Line and column, both counted from 1. */
export function linePosition(text: string, at: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

/** Skip white space; the character after it, or nothing at the end. */
function peek(cursor: Cursor): string {
  take(cursor, /[ \t\r\n]*/y);
  return cursor.text[cursor.at] ?? '';
}

/** Step over what the pattern matches here; the match. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}

function unexpected({ text, at }: Cursor, expected: string): JsonFault {
  const found = text.codePointAt(at);
  const what = found === undefined ? 'the text ends' : `not ${quote(String.fromCodePoint(found))}`;
  return { at, message: `expected ${expected}, ${what}` };
}

function scanValue(cursor: Cursor, depth: number): JsonFault | undefined {
  const first = peek(cursor);
  if (first === '{' || first === '[') {
    if (depth === deepest) return { at: cursor.at, message: `more than ${deepest} levels deep` };
    return first === '{' ? scanObject(cursor, depth + 1) : scanList(cursor, depth + 1);
  }
  if (first === '"') return scanString(cursor);
  const word = take(cursor, /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y);
  return word === '' ? unexpected(cursor, 'a value') : undefined;
}

function scanObject(cursor: Cursor, depth: number): JsonFault | undefined {
  const keys = new Set<string>();
  return scanItems(cursor, '}', () => scanEntry(cursor, keys) ?? scanValue(cursor, depth));
}

function scanList(cursor: Cursor, depth: number): JsonFault | undefined {
  return scanItems(cursor, ']', () => scanValue(cursor, depth));
}

/** The items between the bracket here and its closing one, with commas between them. */
function scanItems(
  cursor: Cursor,
  closing: string,
  scanItem: () => JsonFault | undefined,
): JsonFault | undefined {
  cursor.at += 1;
  if (peek(cursor) !== closing) {
    let fault = scanItem();
    while (fault === undefined && peek(cursor) === ',') {
      cursor.at += 1;
      fault = scanItem();
    }
    if (fault !== undefined) return fault;
    if (peek(cursor) !== closing) return unexpected(cursor, `"," or "${closing}"`);
  }
  cursor.at += 1;
  return undefined;
}

/** A key that is new to its object, and the colon. */
function scanEntry(cursor: Cursor, keys: Set<string>): JsonFault | undefined {
  if (peek(cursor) !== '"') return unexpected(cursor, 'a key in double quotes');
  const start = cursor.at;
  const fault = scanString(cursor);
  if (fault !== undefined) return fault;
  const key = String(JSON.parse(cursor.text.slice(start, cursor.at)));
  if (keys.has(key)) return { at: start, message: `key ${quote(key)} a second time in one object` };
  keys.add(key);
  if (peek(cursor) !== ':') return unexpected(cursor, '":"');
  cursor.at += 1;
  return undefined;
}

function scanString(cursor: Cursor): JsonFault | undefined {
  const start = cursor.at;
  cursor.at += 1;
  for (;;) {
    const unit = cursor.text[cursor.at];
    if (unit === undefined) return { at: start, message: 'text without its closing quote' };
    if (unit < ' ') return { at: cursor.at, message: `${quote(unit)} must be escaped in text` };
    if (unit === '\\') {
      if (take(cursor, /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y) === '')
        return { at: cursor.at, message: 'a backslash that escapes nothing' };
      continue;
    }
    cursor.at += 1;
    if (unit === '"') return undefined;
  }
}
