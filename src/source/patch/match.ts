import type { Node } from '#kvm/ir.ts';
import { tokensOf, type Statement } from './statements.ts';

/** How a statement of a patch and a node of the model are the same. */
export interface Match {
  /** The same expression, call or statement; otherwise only the same names. */
  readonly exact: boolean;
  /** `by its test`, `by the call` */
  readonly by: string;
}

type Tokens = readonly string[];

/** What a node says, as it is asked for again and again. */
interface Spelling {
  readonly tokens: Tokens;
  readonly names: Tokens;
  /** The statements that it stands for: its text may hold several. */
  readonly parts: readonly Tokens[];
  readonly code: boolean;
}

const spellings = new WeakMap<Node, Spelling>();

function spellingOf(node: Node): Spelling {
  const known = spellings.get(node);
  if (known) return known;
  const tokens = tokensOf(node.text);
  const parts = node.text
    .split(';')
    .map(tokensOf)
    .filter((part) => part.length > 0);
  const spelling = { tokens, names: tokens.filter(isName), parts, code: readsAsCode(node, tokens) };
  spellings.set(node, spelling);
  return spelling;
}

const equal = (one: Tokens, other: Tokens): boolean =>
  one.length === other.length && one.every((token, index) => token === other[index]);

const isName = (token: string): boolean => /^[A-Za-z_]/.test(token);

function holds(tokens: Tokens, part: Tokens): boolean {
  return tokens.some((_, from) => equal(tokens.slice(from, from + part.length), part));
}

/** Called by name, or through the table of what a vendor module does. */
function calls(tokens: Tokens, name: string): boolean {
  if (holds(tokens, [name, '('])) return true;
  const vendor = /^svm_(\w+)$/.exec(name)?.[1];
  return vendor !== undefined && holds(tokens, ['kvm_x86_call', '(', vendor, ')', '(']);
}

/** A statement is what a node says, or the declaration that begins with it. */
const says = (statement: Tokens, part: Tokens): boolean =>
  equal(statement, part) ||
  (part[1] === '=' &&
    equal(statement.slice(-part.length), part) &&
    statement.slice(0, -part.length).every(isName));

const exactly = (by: string): Match => ({ exact: true, by });
const nearly = (by: string): Match => ({ exact: false, by });

function readsAsCode({ kind, text }: Node, tokens: Tokens): boolean {
  if (kind === 'call' || kind === 'trace' || kind === 'return') return true;
  const remark = tokens.some((token, index) => isName(token) && isName(tokens[index + 1] ?? ''));
  return !remark && !text.includes('#');
}

/** Whether the text of a node is these tokens. */
export const spells = (node: Node, tokens: Tokens): boolean => equal(spellingOf(node).tokens, tokens);

/** Whether the text of a node is code at all, not a remark such as `the vCPU is freed`. */
export const isCode = (node: Node): boolean => spellingOf(node).code;

function exactMatch({ kind, tokens }: Statement, node: Node): Match | undefined {
  switch (node.kind) {
    case 'call':
      return calls(tokens, node.fn) ? exactly('the call') : undefined;
    case 'trace':
      return holds(tokens, [`trace_${node.event}`, '(']) ? exactly('the tracepoint') : undefined;
    case 'test':
      if (kind === 'test' && equal(tokens, spellingOf(node).tokens)) return exactly('its test');
      return kind === 'other' && node.text.startsWith('WARN') && equal(tokens, spellingOf(node).tokens)
        ? exactly('the WARN')
        : undefined;
    case 'return':
      return kind === 'return' && equal(tokens, spellingOf(node).tokens) ? exactly('the return') : undefined;
    case 'effect':
    case 'let':
      return kind === 'other' && isCode(node) && spellingOf(node).parts.some((part) => says(tokens, part))
        ? exactly('the statement')
        : undefined;
    case 'dispatch':
    case 'loop':
      return undefined;
  }
}

const fewest = 2;

function nearMatch({ kind, tokens }: Statement, node: Node): Match | undefined {
  if (node.kind !== 'test' && node.kind !== 'effect' && node.kind !== 'let') return undefined;
  if ((node.kind === 'test') !== (kind === 'test') || !isCode(node)) return undefined;
  const { tokens: text, names } = spellingOf(node);
  if (names.length < fewest) return undefined;
  if (equal(tokens.filter(isName), names)) return nearly(`the names ${[...new Set(names)].join(', ')}`);
  if (
    node.kind === 'test' &&
    (holds(tokens, text) || holds(text, tokens.length > fewest ? tokens : ['', '']))
  )
    return nearly('a part of its test');
  return undefined;
}

/** Whether a statement is what a node says, or nearly so. */
export function matchOf(statement: Statement, node: Node): Match | undefined {
  return exactMatch(statement, node) ?? nearMatch(statement, node);
}
