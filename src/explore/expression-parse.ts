import { choices, quote } from '#program/problem.ts';
import { all, any, bitAnd, bitOr, differ, equal, fact, not, type Expr } from '#machine/expr.ts';
import { homeOf, nameOf, names, type CallName, type ChoiceName } from './expression-names.ts';
import { faultAt } from './expression-problem.ts';
import { scan, type Token } from './expression-scan.ts';

/** `a -> b -> c`: where a and b hold, so does c. */
export function implies(sides: readonly Expr[]): Expr {
  const last = sides.at(-1)!;
  return sides.length === 1 ? last : any(...sides.slice(0, -1).map((side) => not(side)), last);
}

/** How an operand is written; in parentheses it is plain. */
type Look = 'plain' | 'negated' | 'compared';

interface Operand {
  readonly expr: Expr;
  readonly look: Look;
}

interface Join {
  readonly sign: string;
  readonly bitwise: boolean;
  readonly of: (parts: readonly Expr[]) => Expr;
}

/** What joins operands, loosest first, as in C. */
const joins: readonly Join[] = [
  { sign: '||', bitwise: false, of: (parts) => any(...parts) },
  { sign: '&&', bitwise: false, of: (parts) => all(...parts) },
  { sign: '|', bitwise: true, of: (parts) => parts.reduce((left, right) => bitOr(left, right)) },
  { sign: '&', bitwise: true, of: (parts) => parts.reduce((left, right) => bitAnd(left, right)) },
];

const comparisons = ['==', '!='] as const;
const operators = ['&&', '||', '==', '!=', '&', '|', '->'] as const;
const operand = 'a name, a number or (';
const deepest = 50;
const largest = 0xffffffff;

/** Reads an expression from left to right; the first thing that is wrong is thrown as a `Fault`. */
export class ExpressionReader {
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = scan(text);
  }

  /** The sides of the outermost `->`. */
  whole(): readonly Expr[] {
    const sides = this.sides();
    const rest = this.tokens[this.place];
    if (!rest) return sides;
    if (rest.text === ')') throw faultAt(rest, '")" closes nothing, needs a "(" before it');
    throw this.unexpected(rest, operators);
  }

  private sides(): readonly Expr[] {
    const sides = [this.joined(0).expr];
    while (this.take('->')) sides.push(this.joined(0).expr);
    return sides;
  }

  private joined(level: number): Operand {
    const join = joins[level];
    if (!join) return this.comparison();
    const first = this.joined(level + 1);
    const parts = [first.expr];
    for (let sign = this.take(join.sign); sign; sign = this.take(join.sign)) {
      const next = this.joined(level + 1);
      if (join.bitwise) this.mind(sign, parts.length === 1 ? first.look : 'plain', next.look);
      parts.push(next.expr);
    }
    return parts.length === 1 ? first : { expr: join.of(parts), look: 'plain' };
  }

  private comparison(): Operand {
    const left = this.unary();
    const sign = this.take(...comparisons);
    if (!sign) return left;
    const right = this.unary();
    this.mind(sign, left.look, right.look);
    const again = this.take(...comparisons);
    if (again) this.mind(again, 'compared', 'plain');
    return this.compared(sign, left.expr, right.expr);
  }

  private compared({ text }: Token, left: Expr, right: Expr): Operand {
    return { expr: text === '==' ? equal(left, right) : differ(left, right), look: 'compared' };
  }

  /** Refuse what C reads otherwise than it looks, and compilers warn of. */
  private mind(sign: Token, left: Look, right: Look): void {
    const quoted = quote(sign.text);
    if (left === 'negated') throw faultAt(sign, `${quoted} after "!", which C does first, needs parentheses`);
    if (left === 'compared' || right === 'compared')
      throw faultAt(sign, `${quoted} beside a comparison, which C does first, needs parentheses`);
  }

  private unary(): Operand {
    const sign = this.take('!');
    if (!sign) return this.primary();
    const { expr, look } = this.within(sign, () => this.unary());
    if (look === 'compared') throw faultAt(sign, '"!" before a comparison, needs parentheses around that');
    return { expr: not(expr), look: 'negated' };
  }

  private primary(): Operand {
    const token = this.following(operand);
    switch (token.kind) {
      case 'number':
        return { expr: { kind: 'const', value: numberOf(token) }, look: 'plain' };
      case 'name':
        return this.named(token);
      case 'stray':
        throw strayFault(token);
      case 'sign':
        if (token.text !== '(')
          throw faultAt(token, `${quote(token.text)} in place of a value, needs ${operand}`);
        return this.within(token, () => {
          const expr = implies(this.sides());
          this.close(token, operators);
          return { expr, look: 'plain' };
        });
    }
  }

  private named(token: Token): Operand {
    const name = nameOf(token.text);
    switch (name?.kind) {
      case undefined:
        throw unknownName(token);
      case 'value':
        return { expr: name.expr, look: 'plain' };
      case 'choice':
        return this.chosen(token, name);
      case 'call':
        return { expr: this.called(token, name), look: 'plain' };
    }
  }

  private chosen(token: Token, name: ChoiceName): Operand {
    const { noun, text } = name;
    const values = [...name.values.keys()];
    const sign = this.take(...comparisons);
    if (!sign) {
      const next = this.tokens[this.place];
      if (next?.kind === 'stray') throw strayFault(next);
      throw faultAt(token, `${text} without a comparison, needs == or != and ${choices('', values)}`, values);
    }
    const chosen = this.following(`a ${noun} of ${text}, ${choices('', values)}`, values);
    const index = name.values.get(chosen.text);
    if (index !== undefined) return this.compared(sign, fact(name.fact), { kind: 'const', value: index });
    const unknown = `unknown ${noun} ${quote(chosen.text)} of ${text}`;
    throw faultAt(chosen, `${unknown}, ${choices(chosen.text, values)}`, values);
  }

  private called(token: Token, name: CallName): Expr {
    const allowed = [...name.arguments.keys()];
    const example = `${name.text}(${allowed[0]})`;
    const open = this.take('(');
    if (!open) throw faultAt(token, `${name.text} without its argument, needs ${example}`);
    if (this.textAt(0) === name.first && this.textAt(1) === ',') this.place += 2;
    const argument = this.following(`its argument, as in ${example}`, allowed);
    const found = name.arguments.get(argument.text);
    if (!found) {
      const unknown = `unknown argument ${quote(argument.text)} of ${name.text}`;
      throw faultAt(argument, `${unknown}, ${choices(argument.text, allowed)}`, allowed);
    }
    this.close(open, []);
    return found;
  }

  private textAt(ahead: number): string | undefined {
    return this.tokens[this.place + ahead]?.text;
  }

  /** Step over one of the signs. */
  private take(...signs: readonly string[]): Token | undefined {
    const token = this.tokens[this.place];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.place += 1;
    return token;
  }

  /** Step over whatever stands here, which must be something. */
  private following(needed: string, allowed?: readonly string[]): Token {
    const token = this.tokens[this.place];
    this.place += 1;
    if (token) return token;
    const last = this.tokens.at(-1)!;
    throw faultAt(last, `nothing after ${quote(last.text)}, needs ${needed}`, allowed);
  }

  private close(open: Token, others: readonly string[]): void {
    if (this.take(')')) return;
    const token = this.tokens[this.place];
    if (!token) throw faultAt(open, '"(" is not closed, needs a ")" at its end');
    throw this.unexpected(token, [...others, ')']);
  }

  private unexpected(token: Token, allowed: readonly string[]): Error {
    if (token.kind === 'stray') return strayFault(token);
    return faultAt(token, `unexpected ${quote(token.text)}, ${choices('', allowed)}`, allowed);
  }

  /** Do what lies one level deeper. The stack has an end. */
  private within(token: Token, work: () => Operand): Operand {
    if (this.depth === deepest) throw faultAt(token, `more than ${deepest} levels deep`);
    this.depth += 1;
    const made = work();
    this.depth -= 1;
    return made;
  }
}

function numberOf(token: Token): number {
  const { text } = token;
  if (!/^(?:0|[1-9]\d*|0[xX][\dA-Fa-f]+)$/.test(text))
    throw faultAt(token, `not a decimal number, nor 0x and hexadecimal digits: ${quote(text)}`);
  const number = Number(text);
  if (number > largest) throw faultAt(token, `${quote(text)} is over 32 bits, at most 0xffffffff`);
  return number;
}

const meant: ReadonlyMap<string, string> = new Map([
  ['=', '"=" assigns, compare with =='],
  ['=>', '"=>" is no operator, a implies b is a -> b'],
]);

function strayFault(token: Token): Error {
  const signs = ['!', ...operators, '(', ')'];
  const message = meant.get(token.text) ?? `unknown sign ${quote(token.text)}, ${choices('', signs)}`;
  return faultAt(token, message, signs);
}

function unknownName(token: Token): Error {
  const { text } = token;
  const home = homeOf(text);
  if (home !== undefined)
    return faultAt(token, `${quote(text)} does not stand alone, only as in ${home}`, [home]);
  const known = names.map((name) => name.text);
  return faultAt(token, `unknown name ${quote(text)}, ${choices(text, known)}`);
}
