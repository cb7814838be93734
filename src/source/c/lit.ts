import type { CallRun, Run } from '#kvm/recorder.ts';
import type { CFunction } from './functions.ts';
import type { Span } from './items.ts';
import type { Tie, TiedFunction } from './tie.ts';

/** How a line stands to the run: done, done last, or to come after the cursor inside the operation. */
export type LineState = 'ran' | 'here' | 'later';

/** A line of source on which something of the run happened. */
export interface LitLine {
  readonly state: LineState;
  /** Of the tests tied to it how the condition of the source came out, in order. */
  readonly values: readonly boolean[];
  /** Nodes of the model that are tied to it, as the kernel spells them, and how sure that is. */
  readonly ties: readonly Tie[];
}

/** The lines of one definition that a run lit, and those that it went past. */
export interface LitSource {
  readonly lines: ReadonlyMap<number, LitLine>;
  /** Lines of branches that were not taken. */
  readonly dead: ReadonlySet<number>;
}

const idOf = (run: Run<unknown>): string | undefined => (run.kind === 'node' ? run.node.id : run.by?.id);

/** Light the lines of one definition by what ran in a call. `done`: micro-steps done; undefined where all are. */
export function litSource(
  { ties, source: own }: TiedFunction,
  call: CallRun<unknown>,
  done: number | undefined,
  source: CFunction,
): LitSource {
  const lines = new Map<number, LitLine>();
  for (const run of call.steps) {
    const tie = ties.get(idOf(run) ?? '');
    if (tie?.source !== source) continue;
    const state: LineState =
      done === undefined || run.index < done - 1 ? 'ran' : run.index === done - 1 ? 'here' : 'later';
    light(lines, tie, state, run);
  }
  // It was entered and no node of it is done yet.
  if (done === call.index + 1 && source === own)
    lines.set(source.nameLine, { state: 'here', values: [], ties: [] });
  return { lines, dead: deadLines(call, ties, source, lines) };
}

const order: readonly LineState[] = ['later', 'ran', 'here'];

function light(lines: Map<number, LitLine>, tie: Tie, state: LineState, run: Run<unknown>): void {
  for (let line = tie.from; line <= tie.to; line += 1) {
    const before = lines.get(line);
    const isTest = run.kind === 'node' && run.node.kind === 'test' && line === tie.from && state !== 'later';
    lines.set(line, {
      state: before && order.indexOf(before.state) > order.indexOf(state) ? before.state : state,
      values: [...(before?.values ?? []), ...(isTest ? [(run.value !== 0) !== tie.inverted] : [])],
      ties: [...(before?.ties ?? []), tie],
    });
  }
}

/** The lines of branches that tests went past each time that they ran. */
function deadLines(
  { steps }: CallRun<unknown>,
  ties: TiedFunction['ties'],
  source: CFunction,
  lit: ReadonlyMap<number, LitLine>,
): ReadonlySet<number> {
  const taken = new Map<Tie, Set<boolean>>();
  for (const run of steps) {
    const tie = run.kind === 'node' && run.node.kind === 'test' ? ties.get(run.node.id) : undefined;
    if (run.kind !== 'node' || tie?.source !== source) continue;
    taken.set(tie, (taken.get(tie) ?? new Set()).add((run.value !== 0) !== tie.inverted));
  }
  const dead = new Set<number>();
  for (const [{ item }, values] of taken) {
    if (!values.has(true) && item.then) addSpan(dead, item.then);
    if (!values.has(false) && item.otherwise) addSpan(dead, item.otherwise);
  }
  for (const line of lit.keys()) dead.delete(line);
  return dead;
}

function addSpan(lines: Set<number>, { from, to }: Span): void {
  for (let line = from; line <= to; line += 1) lines.add(line);
}

/** Every call of an operation in the order in which functions are entered, with how deep it is. */
export function* callsOfRun(
  calls: readonly Run<unknown>[],
  depth = 0,
): Generator<{ readonly call: CallRun<unknown>; readonly depth: number }> {
  for (const run of calls) {
    if (run.kind !== 'call') continue;
    yield { call: run, depth };
    yield* callsOfRun(run.steps, depth + 1);
  }
}

/** The micro-step with which a call ends. */
function lastIndex(call: CallRun<unknown>): number {
  const last = call.steps.at(-1);
  if (!last) return call.index;
  return last.kind === 'call' ? lastIndex(last) : last.index;
}

/** The innermost call that a micro-step is in, or that it enters. */
export function callAt(calls: readonly Run<unknown>[], index: number): CallRun<unknown> | undefined {
  for (const run of calls) {
    if (run.kind !== 'call' || index < run.index || index > lastIndex(run)) continue;
    return callAt(run.steps, index) ?? run;
  }
  return undefined;
}
