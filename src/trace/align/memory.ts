import { Beliefs, type Belief, type Hypothesis } from './belief.ts';
import type { Candidate } from './candidates.ts';
import { Learnt } from './shared.ts';

/** One hypothesis after an episode. */
export interface Outcome {
  readonly to: Hypothesis;
  readonly candidate: Candidate | undefined;
}

/** What became of a belief in an episode; no hypothesis where it is impossible. */
export interface Answer {
  readonly belief: Belief;
  /** What it can have been: undefined stands for what goes on of the operation before. */
  readonly candidates: readonly (Candidate | undefined)[];
}

/** Answers that are remembered. */
export const memoryLimit = 50_000;

/** What the engines of all kernels know together. Nothing of it is wrong once forgotten; it is only found out anew. */
export class Memory {
  readonly beliefs = new Beliefs();
  readonly answers = new Learnt<Answer>();
  readonly outcomes = new Learnt<readonly Outcome[]>();
  readonly assumptions = new Learnt<Belief>();
  readonly told = new Learnt<readonly string[]>();
  private readonly signatures = new Map<string, number>();
  /** How often all was forgotten: numbers begin anew then. */
  generation = 0;

  /** A number for the text: equal ones have the same. */
  numberOf(signature: string): number {
    const number = this.signatures.get(signature) ?? this.signatures.size;
    this.signatures.set(signature, number);
    return number;
  }

  settle(): void {
    const sizes = [this.answers, this.outcomes, this.assumptions, this.signatures].map(({ size }) => size);
    if (!this.beliefs.isFull && Math.max(...sizes) <= memoryLimit) return;
    for (const one of [this.beliefs, this.answers, this.outcomes, this.assumptions, this.told]) one.forget();
    this.signatures.clear();
    this.generation += 1;
  }
}
