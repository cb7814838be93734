import type { Authority, Mark, Node } from '#kvm/ir.ts';
import type { CallRun, Run } from '#kvm/recorder.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import { evaluate, factsOf, localsIn, type Expr } from '#machine/expr.ts';
import { readFact, type VcpuSnapshot } from '#machine/facts.ts';
import type { StepRun } from '#program/runner.ts';
import { aboutFact, factWords, valueWords } from './fact-words.ts';

/** What a node of the code reads, does and stands on, in words. */

export const authorityWords: Readonly<Record<Authority, string>> = {
  apm: 'required by the APM',
  choice: "left undefined by the APM, KVM's choice",
  kvm: "KVM's own bookkeeping",
};

export const markWords: Readonly<Record<Mark, string>> = {
  derived: 'derived: follows from the sources, no recording shows it',
  unverified: 'unverified: no recording and no source at hand decides it',
};

/** Something that a node reads, as it was just before. */
export interface Reading {
  readonly name: string;
  readonly about: string;
  readonly value: string;
}

type Call = CallRun<VcpuSnapshot>;

/** The calls that a micro-step stands in, outermost first. */
function callsAround(calls: readonly Run<VcpuSnapshot>[], micro: number): readonly Call[] {
  const call = calls.findLast((run): run is Call => run.kind === 'call' && run.index < micro);
  const next = call && callsAround(call.steps, micro);
  // A call that ended before the micro-step is beside it, not around it.
  if (!call || (next!.length === 0 && lastIndex(call) < micro)) return [];
  return [call, ...next!];
}

function lastIndex(run: Run<VcpuSnapshot>): number {
  const last = run.kind === 'call' ? run.steps.at(-1) : undefined;
  return last ? lastIndex(last) : run.index;
}

function snapshotBefore(made: StepRun, micro: number): VcpuSnapshot {
  return made.moments[micro - 1] ?? made.before.snapshot;
}

/** The value of a local or parameter before a micro-step; undefined for what the operation itself handed in. */
function localBefore(made: StepRun, calls: readonly Call[], name: string, micro: number): number | undefined {
  const call = calls.at(-1);
  if (!call) return undefined;
  const setter = call.steps.findLast((run) => {
    if (run.index >= micro) return false;
    if (run.kind === 'node') return run.node.kind === 'let' && run.node.name === name;
    return (run.by?.kind === 'call' || run.by?.kind === 'dispatch') && run.by.into === name;
  });
  if (setter) return setter.kind === 'node' ? setter.value : setter.returned;
  const argument = call.by?.kind === 'call' ? call.by.args[name] : undefined;
  return argument && valueBefore(made, calls.slice(0, -1), argument, call.index);
}

export function valueBefore(
  made: StepRun,
  calls: readonly Call[],
  expr: Expr,
  micro: number,
): number | undefined {
  const locals = new Map(localsIn(expr).map((name) => [name, localBefore(made, calls, name, micro)]));
  if ([...locals.values()].includes(undefined)) return undefined;
  const snapshot = snapshotBefore(made, micro);
  return evaluate(expr, { read: (fact) => readFact(snapshot, fact), local: (name) => locals.get(name) ?? 0 });
}

/** The expressions of a node: what a test asks, what an effect writes and when. */
export function expressionsOf(node: Node): readonly Expr[] {
  switch (node.kind) {
    case 'test':
      return [node.when];
    case 'effect':
      return node.does.flatMap((does) => [
        ...(does.when ? [does.when] : []),
        ...('write' in does ? [does.value] : []),
      ]);
    case 'let':
    case 'return':
      return [node.value];
    case 'trace':
      return Object.values(node.args);
    case 'dispatch':
      return [node.on];
    case 'call':
    case 'loop':
      return [];
  }
}

const givenWords = (name: string, value: number | undefined): string =>
  value === undefined ? 'as the operation has it' : valueWords(name, value);

/** What a node read, just before it ran in a micro-step. */
export function readingsOf(made: StepRun, node: Node, micro: number): readonly Reading[] {
  const expressions = expressionsOf(node);
  const calls = callsAround(made.calls, micro);
  const snapshot = snapshotBefore(made, micro);
  const facts = [...new Set(expressions.flatMap(factsOf))];
  const locals = [...new Set(expressions.flatMap(localsIn))];
  return [
    ...facts.map((fact) => ({
      name: fact,
      about: aboutFact(fact),
      value: factWords(fact, readFact(snapshot, fact)),
    })),
    ...locals.map((name) => {
      const about = calls.at(-1)?.fn.params.includes(name) ? 'argument' : 'local';
      return { name, about, value: givenWords(name, localBefore(made, calls, name, micro)) };
    }),
  ];
}

/** What a call handed to its function. */
export function argumentsOf(made: StepRun, node: Node, micro: number): readonly Reading[] {
  if (node.kind !== 'call') return [];
  const calls = callsAround(made.calls, micro);
  return Object.entries(node.args).map(([name, expr]) => ({
    name,
    about: 'argument',
    value: givenWords(name, valueBefore(made, calls, expr, micro)),
  }));
}

/** An event of the chart, with what it writes. */
export function chartEventWords(event: VcpuEvent): string {
  return event.type === 'WRITE'
    ? `${event.register} = ${valueWords(event.register, event.value)}`
    : event.type;
}
