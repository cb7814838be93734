import type { Node } from '#kvm/ir.ts';
import type { CItem } from './items.ts';
import { alike, isCode, wordsOf } from './words.ts';

/** How well a node of the model and a piece of source fit; `sure`: by what both say, not only by where they stand. */
export interface Fit {
  readonly weight: number;
  readonly sure: boolean;
  /** Both say the very same. */
  readonly exact: boolean;
  /** The function through which a call gets there. */
  readonly through: string | undefined;
}

/** How a call of a name comes to a function of the model, as `SourceTree.way()` says it. */
export type Way = (callee: string, to: string) => string | undefined;

const none: Fit = { weight: 0, sure: false, exact: false, through: undefined };
const fit = (weight: number, sure: boolean, through?: string): Fit => ({
  weight,
  sure,
  exact: false,
  through,
});

/** A node in the words that source is compared by. */
export interface NodeWords {
  /** Some nodes say two statements in one text. */
  readonly parts: readonly (readonly string[])[];
  readonly code: boolean;
}

export function nodeWords(node: Node): NodeWords {
  const text = node.text
    .replace(/^CC\((.*)\)$/, '$1')
    .replace(/^\w[\w ]*: (?=\w+\()/, '')
    .replace(/\): .*$/, ')');
  const parts =
    node.kind === 'effect' || node.kind === 'let' ? text.split(/[;,] (?=[\w>.-]+ [&|]?= )/) : [text];
  return { parts: parts.map(wordsOf), code: saysCode(node) };
}

/** Whether a node says what the source has to say too, and does not tell it in a few words. */
export function saysCode({ kind, text }: Node): boolean {
  if (kind === 'call' || kind === 'trace' || kind === 'dispatch') return true;
  // A name alone is a test or a value; as an effect it is a heading.
  return isCode(text) && !(kind === 'effect' && /^\w+$/.test(text));
}

const best = (parts: NodeWords['parts'], words: readonly string[]): number =>
  Math.max(...parts.map((part) => alike(part, words)));

const warning = /^(?:WARN|KVM_BUG)/;
const capitals = /^[A-Z][A-Z0-9]*_[A-Z0-9_]{4,}$/;

/** Weigh a node against a piece of source. */
export function weigh(node: Node, { parts, code }: NodeWords, item: CItem, way: Way): Fit {
  switch (node.kind) {
    case 'call':
      return called(node.fn, item, way);
    case 'trace':
      return called(node.text.slice(0, -2), item, way);
    case 'dispatch':
      return item.kind === 'call' ? graded(best(parts, item.words), 5, 0.6) : none;
    case 'test':
      return code ? tested(parts, item) : none;
    case 'effect':
      return code ? done(parts, item) : none;
    case 'let':
      return item.kind === 'assign' ? assigned(node.name, parts, item) : none;
    case 'return':
      return code ? returned(parts, item) : none;
    case 'loop':
      return item.kind === 'loop' ? graded(best(parts, item.words), 3, 0.6) : none;
  }
}

function called(to: string, item: CItem, way: Way): Fit {
  if (item.kind !== 'call' || item.name === '') return none;
  const through = way(item.name, to);
  if (through !== undefined) return through === '' ? fit(5, true) : fit(4, true, through);
  // A function that is handed on to be called: `kvm_do_msr_access(..., _kvm_set_msr)`.
  const handed = item.words.slice(1).find((one) => /^\w+_\w+$/.test(one) && way(one, to) !== undefined);
  return handed === undefined ? none : fit(3, true, `${item.name}()`);
}

/** Sure from a likeness on, weak from half of it on. */
function graded(likeness: number, most: number, sureFrom: number): Fit {
  if (likeness < sureFrom * 0.7) return none;
  return { ...fit(likeness * most, likeness >= sureFrom), exact: likeness === 1 };
}

/** Whether both name constants, and not one of them the same: two checks of the same form for different things. */
function differs(parts: NodeWords['parts'], { words }: CItem): boolean {
  const own = parts.flat().filter((one) => capitals.test(one));
  return own.length > 0 && words.some((one) => capitals.test(one)) && !own.some((one) => words.includes(one));
}

function tested(parts: NodeWords['parts'], item: CItem): Fit {
  if (differs(parts, item)) return none;
  const likeness = best(parts, item.words);
  if (item.kind === 'test' || item.kind === 'case') return graded(likeness, 6, 0.66);
  // A check that stands alone, and a condition that a variable takes.
  if (item.kind === 'loop' || (item.kind === 'call' && warning.test(item.name)))
    return graded(likeness, 5, 0.7);
  return item.kind === 'call' || item.kind === 'assign' ? graded(likeness, 2, 0.75) : none;
}

function done(parts: NodeWords['parts'], item: CItem): Fit {
  if (item.kind === 'return' || item.kind === 'case') return none;
  const likeness = best(parts, item.words);
  if (item.kind === 'assign') {
    const target = parts.some(
      (part) =>
        part
          .slice(
            0,
            part.findIndex((one) => /^[&|]?=$/.test(one)),
          )
          .join('') === item.name,
    );
    if (target && likeness < 0.7) return fit(1.8, true);
  }
  if (item.kind === 'assign') return graded(likeness, 4, 0.7);
  if (item.kind === 'call') return differs(parts, item) ? none : graded(likeness, 4, 0.7);
  const shared = parts.some((part) => part.some((one) => capitals.test(one) && item.words.includes(one)));
  return shared ? fit(0.9, false) : none;
}

function assigned(name: string, parts: NodeWords['parts'], item: CItem): Fit {
  const likeness = best(parts, item.words);
  if (item.name !== name) return graded(likeness, 2, 0.9);
  return likeness >= 0.5 ? fit(4 * likeness, true) : fit(1.5, true);
}

/** The name that a return hands on: of `return foo()`, and of `return foo(vcpu, data)`. */
const callee = (words: readonly string[]): string | undefined =>
  words.length > 1 && /^[a-z_]\w*_\w+$/.test(words[1]!) ? words[1] : undefined;

const withoutReturn = (words: readonly string[]): readonly string[] =>
  words[0] === 'return' ? words.slice(1) : words;

function returned(parts: NodeWords['parts'], item: CItem): Fit {
  if (item.kind === 'return') {
    // `r = 1` with a jump to the end is no `return r`.
    if (parts.every((part) => part[0] !== 'return')) return none;
    const likeness = best(parts.map(withoutReturn), withoutReturn(item.words));
    if (likeness === 1 || best(parts, item.words) === 1) return fit(3, true);
    const same = parts.some((part) => callee(part) !== undefined && callee(part) === callee(item.words));
    return same ? fit(2.5, true) : graded(likeness, 2, 0.6);
  }
  if (item.kind !== 'assign') return none;
  if (best(parts, item.words) === 1) return fit(3, true);
  const value = parts.some(
    (part) =>
      part[0] === 'return' &&
      part.slice(1).join(' ') === item.words.slice(item.words.indexOf('=') + 1).join(' '),
  );
  return value ? fit(1.2, true) : none;
}

const bare = (words: readonly string[]): readonly string[] => (words[0] === '!' ? words.slice(1) : words);

/** Whether the source asks for the opposite: all the same but for a `!` in front. */
export function isInverted({ parts }: NodeWords, { words }: CItem): boolean {
  return parts.some((part) => {
    if ((part[0] === '!') === (words[0] === '!')) return false;
    return alike(bare(part), bare(words)) >= 0.85;
  });
}
