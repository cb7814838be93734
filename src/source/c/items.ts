import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/cpp';
import { blank } from './blank.ts';
import { lineAt, lineStarts, type CFunction } from './functions.ts';
import { wordsOf } from './words.ts';

/** Lines of a file, from 1, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One thing that a function does, where it stands. */
export interface CItem extends Span {
  readonly kind: 'call' | 'test' | 'case' | 'assign' | 'return' | 'loop';
  readonly words: readonly string[];
  /** Of a call what is called; empty where that is no name. Of an assignment what takes the value. */
  readonly name: string;
  /** Of a call that it is a statement, and no part of one. */
  readonly alone: boolean;
  /** Of a test or a case the lines that run where it holds. */
  readonly then: Span | undefined;
  /** Of a test the lines of its `else`. */
  readonly otherwise: Span | undefined;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A name with a bracket right behind it, in kernel style a call or a macro. */
const calling = /\b([A-Za-z_]\w*)\(/g;
const noCall = /^(?:if|for|while|switch|return|sizeof|typeof|defined|__attribute__|__aligned)$/;

/** Longest function that is read, in characters. The longest of KVM has fifty thousand. */
export const longestFunction = 300_000;

const asName = (words: readonly string[]): string => words[0] ?? '';

/** What a function does, in the order in which it stands there; what is inside comes before what it is in. */
export function itemsOf(fn: CFunction): readonly CItem[] {
  if (fn.text.length > longestFunction) return [];
  return new Items(fn).read();
}

class Items {
  private readonly code: string;
  private readonly plain: string;
  private readonly starts: readonly number[];
  private readonly line: number;
  private readonly items: (CItem & { readonly end: number })[] = [];
  /** Where the calls that the grammar sees begin. */
  private readonly seen = new Set<number>();
  /** Choices `a ? b : c` whose first part is not read yet, the innermost last. */
  private readonly choices: Range[] = [];

  constructor(fn: CFunction) {
    this.plain = fn.text;
    this.code = blank(fn.text).code;
    this.line = fn.line;
    this.starts = lineStarts(fn.text);
  }

  read(): readonly CItem[] {
    parser.parse(this.plain).iterate({
      enter: (node) => this.enter(node),
      leave: (node) => this.leave(node),
    });
    this.addUnseen();
    return this.items;
  }

  /** The grammar is that of C++: `foo(vcpu, a->b);` can be a declaration in it, and is none in the kernel. */
  private addUnseen(): void {
    const body = this.code.indexOf('{');
    for (const {
      0: { length },
      1: name = '',
      index: from,
    } of this.code.matchAll(calling)) {
      if (from < body || noCall.test(name) || this.seen.has(from)) continue;
      const to = this.bracketEnd(from + length);
      const alone = /[;{}]\s*$/.test(this.code.slice(Math.max(0, from - 80), from)) && this.code[to] === ';';
      const words = this.words({ from, to });
      this.add('call', { from, to }, words, { name: asName(words), alone });
    }
    // What is inside ends before what it is in.
    this.items.sort((left, right) => left.end - right.end);
  }

  private bracketEnd(at: number): number {
    let depth = 1;
    let end = at;
    for (; end < this.code.length && depth > 0 && this.code[end] !== ';'; end += 1)
      depth += this.code[end] === '(' ? 1 : this.code[end] === ')' ? -1 : 0;
    return end;
  }

  private enter(node: SyntaxNodeRef): void {
    const first = node.name === 'ConditionalExpression' ? node.node.firstChild : null;
    if (first) this.choices.push({ from: first.from, to: first.to });
  }

  private leave(node: SyntaxNodeRef): void {
    this.leaveExpression(node);
    const choice = this.choices.at(-1);
    if (!choice || node.from !== choice.from || node.to !== choice.to) return;
    this.choices.pop();
    this.add('test', choice, this.words(choice));
  }

  private leaveExpression(node: SyntaxNodeRef): void {
    switch (node.name) {
      case 'CallExpression':
        this.call(node);
        break;
      case 'ConditionClause':
        this.condition(node);
        break;
      case 'AssignmentExpression':
      case 'InitDeclarator':
        this.assignment(node);
        break;
      case 'ReturnStatement':
        this.add('return', node, this.words(node));
        break;
      case 'case':
      case 'default':
        this.label(node);
        break;
      case 'for':
        this.add('loop', node, this.words({ from: node.from, to: this.plain.indexOf(')', node.from) + 1 }));
        break;
      default:
    }
  }

  private words({ from, to }: Range): readonly string[] {
    return wordsOf(this.code.slice(from, to));
  }

  private span({ from, to }: Range): Span {
    return { from: this.lineOf(from), to: this.lineOf(Math.max(from, to - 1)) };
  }

  private lineOf(at: number): number {
    return this.line + lineAt(this.starts, at) - 1;
  }

  private add(kind: CItem['kind'], place: Range, words: readonly string[], more: Partial<CItem> = {}): void {
    this.items.push({
      kind,
      words,
      name: '',
      alone: false,
      then: undefined,
      otherwise: undefined,
      ...more,
      ...this.span(place),
      end: place.to,
    });
  }

  private call(node: SyntaxNodeRef): void {
    const callee = node.node.firstChild;
    this.seen.add(node.from);
    // The first half of a static call is part of the whole.
    if (
      !callee ||
      (node.node.parent?.firstChild?.from === node.from && node.node.parent.name === 'CallExpression')
    )
      return;
    this.add('call', node, this.words(node), {
      name: asName(this.words(callee)),
      alone: node.node.parent?.name === 'ExpressionStatement',
    });
  }

  private condition(node: SyntaxNodeRef): void {
    const statement = node.node.parent?.name;
    if (statement === 'SwitchStatement') return;
    const then = node.node.nextSibling;
    const otherwise = then?.nextSibling?.name === 'else' ? then.nextSibling.nextSibling : undefined;
    this.add(statement === 'IfStatement' ? 'test' : 'loop', node, this.words(node), {
      then: then ? this.span(then) : undefined,
      otherwise: otherwise ? this.span(otherwise) : undefined,
    });
  }

  private assignment(node: SyntaxNodeRef): void {
    const target = node.node.firstChild;
    if (target) this.add('assign', node, this.words(node), { name: this.words(target).join('') });
  }

  private label(node: SyntaxNodeRef): void {
    const { parent } = node.node;
    if (parent?.name !== 'CaseStatement') return;
    const end = this.code.indexOf(':', node.to);
    const to = end < 0 || end > parent.to ? node.to : end;
    this.add(
      'case',
      { from: node.from, to },
      wordsOf(this.code.slice(node.from, to).replace(/^case\b/, '')),
      {
        then: this.span(parent),
      },
    );
  }
}
