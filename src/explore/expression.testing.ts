import { evaluate, type Expr, type Scope } from '#machine/expr.ts';
import { scopeOf } from '#program/step-words.ts';
import { parseExpression } from './expression.ts';

/** What tests of expressions share. */

export type Values = Readonly<Record<string, number>>;

/** Facts and words by their names; a region by the index of its state. What is not given is 0. */
export const scope = (values: Values): Scope => scopeOf({ read: (fact) => values[fact] ?? 0 }, values);

export function parsed(text: string): Expr {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
  return read.value;
}

export const valueOf = (text: string, values: Values = {}): number => evaluate(parsed(text), scope(values));

/** Where it is wrong, and what is said. */
export function told(text: string): string {
  const read = parseExpression(text);
  return read.ok ? 'right' : `${read.error.at}+${read.error.length} ${read.error.message}`;
}
