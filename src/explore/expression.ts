import { fail, ok, type Result } from '#base/result.ts';
import { all, type Expr } from '#machine/expr.ts';
import type { Invariant } from '#program/invariants.ts';
import { ExpressionReader, implies } from './expression-parse.ts';
import { Fault, type ExpressionProblem } from './expression-problem.ts';

export { expressionOffers } from './expression-offers.ts';
export type { ExpressionProblem } from './expression-problem.ts';

/**
 * Expressions over a vCPU, written as kernel developers write C: facts of the chart, words about the operation, the
 * kernel's own names. `a -> b` binds loosest: where a holds, so does b.
 */

/** Characters of an expression. */
const longest = 500;

/** Read an expression. */
export function parseExpression(text: string): Result<Expr, ExpressionProblem> {
  const sides = sidesOf(text);
  return sides.ok ? ok(implies(sides.value)) : sides;
}

/** An invariant of the visitor's own. Where its outermost `->` has a left side that is false, it asks for nothing. */
export function ownInvariant(text: string): Result<Invariant, ExpressionProblem> {
  const sides = sidesOf(text);
  if (!sides.ok) return sides;
  const [first, ...rest] = sides.value;
  const about = { id: 'own', statement: text.trim(), source: 'written here', ofLiving: true };
  if (first === undefined || rest.length === 0)
    return ok({ ...about, when: all(), holds: implies(sides.value) });
  return ok({ ...about, when: first, holds: implies(rest) });
}

function sidesOf(text: string): Result<readonly Expr[], ExpressionProblem> {
  if (text.trim() === '')
    return fail({ at: 0, length: 0, message: 'nothing is written, needs an expression such as svme == set' });
  if (text.length > longest)
    return fail({ at: longest, length: text.length - longest, message: `more than ${longest} characters` });
  try {
    return ok(new ExpressionReader(text).whole());
  } catch (error) {
    if (error instanceof Fault) return fail(error.problem);
    throw error;
  }
}
