import type { Token } from './expression-scan.ts';

/** What is wrong with an expression: where, what, and what is allowed instead. */
export interface ExpressionProblem {
  /** Characters of the text before it. */
  readonly at: number;
  /** Characters that it is about; 0 only where nothing is written. */
  readonly length: number;
  readonly message: string;
  /** What may stand there, where that is a list. */
  readonly allowed?: readonly string[];
}

/** Ends the reading of an expression; it does not leave `expression.ts`. */
export class Fault extends Error {
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A fault of one word or sign of the text. */
export function faultAt({ at, text }: Token, message: string, allowed?: readonly string[]): Fault {
  return new Fault({ at, length: text.length, message, ...(allowed ? { allowed } : {}) });
}
