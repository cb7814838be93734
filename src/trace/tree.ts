import type { Kernel } from '#kvm/kernel.ts';
import type { Run } from '#kvm/recorder.ts';
import type { Vocabulary } from '#program/conformance/compare.ts';
import { commonPairs } from '#session/common-pairs.ts';
import type { TreeRow } from './questions.ts';
import type { Seen } from './seen.ts';

/** A function that was entered. */
export interface TreeCall {
  readonly fn: string;
  /** Where in the list the call stands that it was made from; -1 where none is in the list. */
  readonly parent: number;
  /** Of the recording. */
  readonly line: number | undefined;
}

/** The functions that lines of the function_graph tracer enter, in order. */
export function recordedCalls(seen: Iterable<Seen>): readonly TreeCall[] {
  const calls: TreeCall[] = [];
  const open: { readonly at: number; readonly depth: number }[] = [];
  const close = (depth: number): void => {
    while (open.length > 0 && open.at(-1)!.depth >= depth) open.pop();
  };
  for (const one of seen) {
    if (one.kind !== 'enter' && one.kind !== 'leave') continue;
    close(one.depth);
    if (one.kind === 'leave') continue;
    calls.push({ fn: one.fn, parent: open.at(-1)?.at ?? -1, line: one.line });
    if (!one.leaf) open.push({ at: calls.length - 1, depth: one.depth });
  }
  return calls;
}

/** The functions that the model entered, in order: those of the kernel, with what the compiler inlines. */
export function modelCalls<Moment>(runs: readonly Run<Moment>[]): readonly TreeCall[] {
  const calls: TreeCall[] = [];
  const walk = (list: readonly Run<Moment>[], parent: number): void => {
    for (const run of list) {
      if (run.kind === 'node') continue;
      const shown = run.fn.visibility !== 'frame' && run.fn.visibility !== 'processor';
      if (shown) calls.push({ fn: run.fn.name, parent, line: undefined });
      walk(run.steps, shown ? calls.length - 1 : parent);
    }
  };
  walk(runs, -1);
  return calls;
}

/** Why a function that only one side entered is no difference; undefined: it is one. */
function excuseOf(fn: string, side: 'recorded' | 'model', kernel: Kernel, words: Vocabulary) {
  const visibility = kernel.functions[fn]?.visibility;
  if (side === 'model' && visibility === 'inlined') return 'inlined: could not be traced';
  if (visibility === 'frame') return 'the loop of KVM_RUN, which the model does not spell';
  if (visibility === 'hidden' || words[fn] === 'hidden') return 'differs between builds';
  if (words[fn] !== undefined) return undefined;
  return side === 'recorded' ? 'not modelled' : 'not among the functions that are compared';
}

/** The excuses of one side. What stands below a function that is compared as one, or not at all, has the same. */
function excusesOf(
  calls: readonly TreeCall[],
  side: 'recorded' | 'model',
  kernel: Kernel,
  words: Vocabulary,
): readonly (string | undefined)[] {
  const inherited: (string | undefined)[] = [];
  return calls.map(({ fn, parent }, at) => {
    const above = inherited[parent];
    const own = above ?? excuseOf(fn, side, kernel, words);
    inherited[at] =
      above ??
      (words[fn] === 'opaque' ? `below ${fn}(), which is compared as one` : undefined) ??
      (words[fn] === 'hidden' ? own : undefined);
    return own;
  });
}

/** Both trees as one. A row stands one deeper than whatever called it, on either side. */
class Rows {
  readonly rows: TreeRow[] = [];
  private readonly recordedDepths: number[] = [];
  private readonly modelDepths: number[] = [];
  private readonly recorded: readonly TreeCall[];
  private readonly model: readonly TreeCall[];

  constructor(recorded: readonly TreeCall[], model: readonly TreeCall[]) {
    this.recorded = recorded;
    this.model = model;
  }

  get nextRecorded(): number {
    return this.recordedDepths.length;
  }

  get nextModel(): number {
    return this.modelDepths.length;
  }

  private depthBelow(calls: readonly TreeCall[], depths: readonly number[]): number {
    const parent = depths[calls[depths.length]!.parent];
    return parent === undefined ? 0 : parent + 1;
  }

  takeRecorded(excuse: string | undefined): void {
    const { fn, line } = this.recorded[this.nextRecorded]!;
    const depth = this.depthBelow(this.recorded, this.recordedDepths);
    this.recordedDepths.push(depth);
    this.rows.push({ depth, fn, side: 'recorded', line, excuse });
  }

  takeModel(excuse: string | undefined): void {
    const { fn } = this.model[this.nextModel]!;
    const depth = this.depthBelow(this.model, this.modelDepths);
    this.modelDepths.push(depth);
    this.rows.push({ depth, fn, side: 'model', line: undefined, excuse });
  }

  takeBoth(): void {
    const { fn, line } = this.recorded[this.nextRecorded]!;
    const depth = Math.max(
      this.depthBelow(this.recorded, this.recordedDepths),
      this.depthBelow(this.model, this.modelDepths),
    );
    this.recordedDepths.push(depth);
    this.modelDepths.push(depth);
    this.rows.push({ depth, fn, side: 'both', line, excuse: undefined });
  }
}

/** Lay the recorded calls of a step beside the model's, function by function. */
export function treeRows(
  recorded: readonly TreeCall[],
  model: readonly TreeCall[],
  kernel: Kernel,
  words: Vocabulary,
): readonly TreeRow[] {
  const excuses = [
    excusesOf(recorded, 'recorded', kernel, words),
    excusesOf(model, 'model', kernel, words),
  ] as const;
  const known = new Set(model.map(({ fn }) => fn));
  // What the model never enters pairs with nothing: only the rest is worth comparing.
  const candidates = recorded.flatMap(({ fn }, at) => (known.has(fn) ? [at] : []));
  const pairs = commonPairs(candidates, model, (at, { fn }) => recorded[at]!.fn === fn);
  const out = new Rows(recorded, model);
  const upTo = (left: number, right: number): void => {
    while (out.nextModel < right) out.takeModel(excuses[1][out.nextModel]);
    while (out.nextRecorded < left) out.takeRecorded(excuses[0][out.nextRecorded]);
  };
  for (const [candidate, right] of pairs) {
    upTo(candidates[candidate]!, right);
    out.takeBoth();
  }
  upTo(recorded.length, model.length);
  return out.rows;
}

/** Rows in which the two sides really differ. */
export function treeDifferences(rows: readonly TreeRow[]): readonly TreeRow[] {
  return rows.filter(({ side, excuse }) => side !== 'both' && excuse === undefined);
}
