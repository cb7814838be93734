import { cacheOfVmcb12, kernelPaths } from './expression-names.ts';

/** A word or a sign of an expression. `stray`: what is none of them. */
export interface Token {
  readonly kind: 'name' | 'number' | 'sign' | 'stray';
  readonly text: string;
  /** Characters of the text before it. */
  readonly at: number;
}

export const endOf = ({ at, text }: Token): number => at + text.length;

const known = [...kernelPaths, cacheOfVmcb12]
  .toSorted((left, right) => right.length - left.length)
  .map((path) => path.replaceAll('.', String.raw`\.`))
  .join('|');

/**
 * In this order. `->` is also what implies: it belongs to a name only in a path of the kernel's that is known, and
 * after what can be nothing but the beginning of one.
 */
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['name', new RegExp(`(?:${known})(?![\\w.])`, 'y')],
  ['name', /(?:svm|vcpu|vmcb12)(?:(?:->|\.)\w*)+/y],
  ['name', /[A-Za-z_]\w*(?:\.\w*)*/y],
  ['number', /\d\w*/y],
  ['sign', /&&|\|\||==|!=|->|[!&|(),]/y],
  ['stray', /=>|<=|>=|\S/uy],
];

/** The words and signs of an expression, whatever is written. */
export function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at);
    if (token) tokens.push(token);
    at = token ? endOf(token) : at + 1;
  }
  return tokens;
}

/** What begins here; undefined at white space. */
function tokenAt(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, at };
  }
  return undefined;
}
