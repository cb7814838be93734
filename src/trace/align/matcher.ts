import type { VcpuEvent } from '#machine/effects.ts';
import type { Observer } from '#kvm/interpreter.ts';
import type { KvmFunction, Node } from '#kvm/ir.ts';
import { ComparedPath, type Vocabulary } from '#program/conformance/compare.ts';
import { wordOfTrace } from './event-words.ts';

/** What is compared of an episode, or of what an operation does between two entries into the guest. */
export interface Stretch {
  /** Tracepoints with their arguments, in order. */
  readonly words: readonly string[];
  /** Functions of the vocabulary with their depth; undefined where functions were not traced. */
  readonly functions: readonly string[] | undefined;
}

/** How recorded words are compared with those of the model. */
export interface Wanted extends Stretch {
  /** More may follow than was recorded. */
  readonly open: boolean;
  /** Only the names count of exits that the model does not know, and whatever it does not name may stand between. */
  readonly strict: boolean;
  /** Whether an event was traced at all. */
  readonly traced: (name: string) => boolean;
}

/** The model does not do what was recorded. */
export class Differs extends Error {}

/** Thrown for most of what is tried: made once, since an error of one's own costs more than what led to it. */
export const differs = new Differs('the model does not do what was recorded');

const nameOf = (word: string): string => word.split(' ', 1)[0]!;

/** Events that stand in the way of a loose comparison: who has the processor hangs on them. */
const always: ReadonlySet<string> = new Set([
  'kvm_exit',
  'kvm_nested_vmexit',
  'kvm_nested_vmexit_inject',
  'kvm_nested_vmenter',
  'kvm_nested_vmenter_failed',
  'kvm_smm_transition',
  'kvm_entry',
]);

/** Reasons that the host has of its own. */
const ownReasons: ReadonlySet<string> = new Set(['kvm_exit', 'kvm_nested_vmexit']);

export function loosened(words: readonly string[]): readonly string[] {
  return words
    .filter((word) => always.has(nameOf(word)) || nameOf(word) === 'kvm_userspace_exit')
    .map((word) => (ownReasons.has(nameOf(word)) ? nameOf(word) : word));
}

/** Hears the model carry out an operation, and gives up as soon as it does something else than was recorded. */
export class Matcher implements Observer {
  private at = 0;
  private closed = false;
  private words: string[] = [];
  private compared: ComparedPath;
  private path: string[] = [];
  private depth = 0;
  private hidden = 0;
  /** What the model does after it entered the guest, without any new operation. */
  readonly rest: Stretch[] = [];
  /** All that the model did. */
  readonly told: string[] = [];
  private readonly wanted: Wanted;
  private readonly vocabulary: Vocabulary;
  private readonly entered: Set<KvmFunction>;
  private readonly lenient: boolean;

  /** `entered`: gets every function that is entered. */
  constructor(wanted: Wanted, vocabulary: Vocabulary, entered: Set<KvmFunction>, lenient = false) {
    this.wanted = wanted;
    this.vocabulary = vocabulary;
    this.compared = new ComparedPath(vocabulary);
    this.entered = entered;
    this.lenient = lenient;
  }

  /** How many recorded words the model did alike. */
  get agreed(): number {
    return this.at;
  }

  enter(fn: KvmFunction, _by: Node | undefined): void {
    this.entered.add(fn);
    if (fn.visibility === 'hidden') this.hidden += 1;
    if (fn.visibility !== 'kernel' || this.hidden > 0) return;
    if (this.wanted.functions) this.matchFunction(this.wanted.functions, fn.name);
    this.depth += 1;
  }

  private matchFunction(wanted: readonly string[], fn: string): void {
    const word = this.compared.next({ fn, depth: this.depth });
    if (word === undefined) return;
    const at = this.path.length;
    this.path.push(word);
    if (this.closed || this.lenient || (this.wanted.open && at >= wanted.length)) return;
    if (wanted[at] !== word) throw differs;
  }

  leave(fn: KvmFunction, _returned: number): void {
    if (fn.visibility === 'hidden') this.hidden -= 1;
    else if (fn.visibility === 'kernel' && this.hidden === 0) this.depth -= 1;
  }

  node(_node: Node, _value: number, _events: readonly VcpuEvent[]): void {}

  trace(event: string, args: Readonly<Record<string, number>>): void {
    if (!event.startsWith('kvm_')) return;
    this.say(wordOfTrace({ event, args }));
  }

  /** The model did this. */
  say(word: string): void {
    const name = nameOf(word);
    if (!this.closed) {
      this.told.push(word);
      this.match(word, name);
    } else if (this.words.length > 0 || name === 'kvm_exit') this.words.push(word);
    if (name === 'kvm_entry' || name === 'kvm_userspace_exit') this.close();
  }

  private match(word: string, name: string): void {
    const { words, strict, open, traced } = this.wanted;
    if (!strict && !always.has(name) && name !== 'kvm_userspace_exit') return;
    const spoken = !strict && ownReasons.has(name) ? name : word;
    if (words[this.at] === spoken) this.at += 1;
    else if (!this.lenient && traced(name) && !(open && this.at === words.length)) throw differs;
  }

  private functions(): readonly string[] | undefined {
    const done = this.wanted.functions && this.path;
    this.path = [];
    this.compared = new ComparedPath(this.vocabulary);
    return done;
  }

  private close(): void {
    const functions = this.functions();
    if (this.closed) {
      this.rest.push({ words: this.words, functions });
      this.words = [];
      return;
    }
    this.closed = true;
    this.compareFunctions(functions);
  }

  /** Those that ran are the recorded ones: whether they are all. */
  private compareFunctions(functions: readonly string[] | undefined): void {
    const wanted = this.wanted.functions;
    if (wanted && functions && !this.lenient && functions.length < wanted.length) throw differs;
  }

  /** Whether the model has entered the guest or returned to userspace. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** The operation is done. */
  finish(): void {
    if (!this.closed) this.compareFunctions(this.functions());
    if (this.at < this.wanted.words.length && !this.lenient) throw differs;
  }
}
