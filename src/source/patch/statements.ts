import type { Hunk, HunkLine } from './diff-read.ts';

/**
 * The statements in the lines of a hunk, as one side of it has them. A hunk begins and ends anywhere: what is cut off
 * at its ends may be missing, nothing is made up.
 */
export interface Statement {
  /** A test of `if`, `while` or `switch`, the rest of a `return`, or anything else. */
  readonly kind: 'test' | 'return' | 'else' | 'other';
  readonly tokens: readonly string[];
  /** Indices into the hunk's lines. */
  readonly lines: readonly number[];
  /** Some of its lines are added or removed. */
  readonly changed: boolean;
  /** Columns before its first token. */
  readonly indent: number;
  /** The function that it stands in; undefined where the hunk does not tell. */
  readonly fn: string | undefined;
}

const tokenForm =
  /[A-Za-z_]\w*|\d\w*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|->|<<=?|>>=?|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\+\+|--|\S/g;

/** `svm` is the local that nearly every function keeps it in. */
const svmOf = /\bto_svm\(vcpu\)(?=->)/g;

export const tokensOf = (text: string): readonly string[] =>
  text.replaceAll(svmOf, 'svm').match(tokenForm) ?? [];

interface Placed {
  readonly token: string;
  readonly line: number;
  readonly indent: number;
}

const indentOf = (text: string): number => {
  let columns = 0;
  for (const letter of text) {
    if (letter === '\t') columns += 8 - (columns % 8);
    else if (letter === ' ') columns += 1;
    else break;
  }
  return columns;
};

/** The lines of one side without comments. A line that begins with `* ` stands in a comment that began above. */
function codeOf(lines: readonly HunkLine[], sign: '+' | '-'): readonly (string | undefined)[] {
  let inside = false;
  return lines.map((line) => {
    if (line.sign !== ' ' && line.sign !== sign) return undefined;
    let { text } = line;
    if (inside || /^\s*\*(?:\s|\/|$)/.test(text)) {
      const end = text.indexOf('*/');
      inside = inside && end === -1;
      if (end === -1) return '';
      text = text.slice(end + 2);
    }
    text = text.replaceAll(/\/\*.*?\*\//g, ' ').replace(/\/\/.*/, '');
    const begin = text.indexOf('/*');
    if (begin === -1) return text;
    inside = true;
    return text.slice(0, begin);
  });
}

const notNames = new Set(['if', 'while', 'for', 'switch', 'return', 'sizeof', 'do', 'else', 'case', 'goto']);

/** The name in a line that begins a function: `static int name(...)`, as `diff -p` shows it too. */
function functionIn(line: string): string | undefined {
  if (!/^[A-Za-z_]/.test(line) || /^(?:struct|union|enum)\s+\w+\s*(?:\{|$)/.test(line)) return undefined;
  const name = /([A-Za-z_]\w*)\s*\(/.exec(line)?.[1];
  return name === undefined || notNames.has(name) || /;\s*$/.test(line) ? undefined : name;
}

/** The function that each line stands in: the heading's, until the hunk itself ends it or begins another. */
function functionsOf(
  code: readonly (string | undefined)[],
  heading: string,
): readonly (string | undefined)[] {
  let fn = functionIn(heading);
  return code.map((line, index) => {
    if (line === undefined) return fn;
    const begun = functionIn(line);
    if (begun !== undefined && isDefinition(code.slice(index))) fn = begun;
    const here = fn;
    if (line.startsWith('}')) fn = undefined;
    return here;
  });
}

/** Whether a body follows before the semicolon of a prototype. Where the hunk ends first, it is taken for one. */
function isDefinition(code: readonly (string | undefined)[]): boolean {
  for (const line of code.slice(0, 12)) {
    const end = /[;{]/.exec(line ?? '')?.[0];
    if (end !== undefined) return end === '{';
  }
  return true;
}

/** Where the parenthesis that opens at an index is closed; undefined where it is not. */
function closing(tokens: readonly Placed[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { token } = tokens[at]!;
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

interface Piece {
  readonly kind: Statement['kind'];
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** The statement that begins at a token. */
function pieceAt(tokens: readonly Placed[], from: number): Piece {
  const { token } = tokens[from]!;
  if (token === 'else') return { kind: 'else', from, to: from + 1, next: from + 1 };
  if (/^(?:if|while|switch)$/.test(token) && tokens[from + 1]?.token === '(') {
    const end = closing(tokens, from + 1);
    if (end !== undefined) return { kind: 'test', from: from + 2, to: end, next: end + 1 };
  }
  let to = from;
  while (to < tokens.length && !/^[;{}]$/.test(tokens[to]!.token)) to += 1;
  return { kind: token === 'return' ? 'return' : 'other', from, to, next: Math.max(to, from + 1) };
}

/** Whether a piece is no more than the head of a function. */
const isHead = (tokens: readonly Placed[], { from, kind }: Piece): boolean =>
  kind === 'other' && tokens[from]!.indent === 0;

/** The statements of the new side (`+`) or of the old side (`-`) of a hunk. */
export function statementsOf({ lines, heading }: Hunk, side: '+' | '-'): readonly Statement[] {
  const code = codeOf(lines, side);
  const fns = functionsOf(code, heading);
  const tokens = code.flatMap((text, line) =>
    text === undefined || /^\s*#/.test(text)
      ? []
      : tokensOf(text).map((token): Placed => ({ token, line, indent: indentOf(text) })),
  );
  const statements: Statement[] = [];
  for (let at = 0; at < tokens.length;) {
    if (/^[;{}]$/.test(tokens[at]!.token)) {
      at += 1;
      continue;
    }
    const piece = pieceAt(tokens, at);
    const used = [...new Set(tokens.slice(at, Math.max(piece.next, at + 1)).map(({ line }) => line))];
    if (!isHead(tokens, piece) && piece.to > piece.from)
      statements.push({
        kind: piece.kind,
        tokens: tokens.slice(piece.from, piece.to).map(({ token }) => token),
        lines: used,
        changed: used.some((line) => lines[line]!.sign === side),
        indent: tokens[at]!.indent,
        fn: fns[tokens[at]!.line],
      });
    at = piece.next;
  }
  return statements;
}
