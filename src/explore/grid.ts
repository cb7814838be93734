import { interceptMask, interceptNames, interceptWord, type InterceptName } from '#isa/intercepts.ts';
import type { CallRun, Run } from '#kvm/recorder.ts';
import { localsIn, type Expr } from '#machine/expr.ts';
import { stateOf, valueOf, type FactName, type VcpuSnapshot } from '#machine/facts.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { invariants } from '#program/invariants.ts';
import { contextOf } from '#program/outcome.ts';
import { nextOf, type StepRun } from '#program/runner.ts';
import { expressionsOf, valueBefore } from '#session/code-details.ts';
import { derivedAt, type Derived } from '#session/derive.ts';
import { labelOf } from '#session/possible.ts';
import { changeSetup, trunkTo, type Session } from '#session/session.ts';
import { interceptsWith, programNow } from '#session/what-if.ts';
import { stepWords } from '#session/words.ts';

/** The what-if grid: what an operation comes to under every combination of the intercepts that decide it. */

/** Something that L1 can switch: an intercept of vmcb12, or a bit of its MSR permission map. */
export type Switch = InterceptName | 'EFER read bit' | 'EFER write bit';

/** Kinds of outcomes, each with a sign of one character and a name to be read out. */
export const outcomeClasses = {
  'goes-on': { glyph: '→', name: 'goes on' },
  'enters-l2': { glyph: '▸', name: 'enters L2' },
  vmexit: { glyph: 'x', name: '#VMEXIT to L1' },
  exception: { glyph: '!', name: 'exception' },
  shutdown: { glyph: '■', name: 'shutdown' },
  userspace: { glyph: 'u', name: 'exit to userspace' },
  done: { glyph: '✓', name: 'ioctl succeeds' },
  error: { glyph: 'e', name: 'ioctl fails' },
  smm: { glyph: 's', name: 'SMM is entered or left' },
  reset: { glyph: 'r', name: 'reset' },
  stops: { glyph: '–', name: 'stops' },
  astray: { glyph: '⚠', name: "L2's registers or code run as L1" },
  'other-way': { glyph: '…', name: 'the run goes another way before' },
} as const;
export type OutcomeClass = keyof typeof outcomeClasses;

export interface GridCell {
  readonly kernel: string;
  readonly words: string;
  readonly outcome: OutcomeClass;
  /** L1 can tell it from what the first kernel of the row does. */
  readonly otherForL1: boolean;
}

export interface GridRow {
  /** Which of the grid's switches are on. */
  readonly on: readonly boolean[];
  /** It is how the switches stand. */
  readonly current: boolean;
  readonly cells: readonly GridCell[];
}

export interface Grid {
  /** The operation, and who carries it out. */
  readonly title: string;
  readonly kernels: readonly string[];
  /** What decides most first. */
  readonly switches: readonly Switch[];
  /** What decides too, and stays as it is in all rows. */
  readonly more: readonly Switch[];
  readonly rows: readonly GridRow[];
}

/** Columns of switches at most. */
const switchLimit = 4;
/** Settings that are tried at most to find the switches that matter. */
const trialLimit = 64;

const mapBits = new Map<FactName, Switch>([
  ['msrpmRead12', 'EFER read bit'],
  ['msrpmWrite12', 'EFER write bit'],
]);
const words = new Map<FactName, number>(
  Object.values(interceptWordRegisters).flatMap((list) => list.map((name, word) => [name, word] as const)),
);

type Valued = (expr: Expr) => number | undefined;

/** The intercepts that `bitAnd(word, mask)` looks at, of a word as it is or shifted; undefined for anything else. */
function maskedBits({ op, left, right }: Expr & { kind: 'bits' }, value: Valued) {
  const shifted = left.kind === 'bits' && left.op === 'shiftRight' ? left : undefined;
  const from = shifted?.left ?? left;
  const word = from.kind === 'fact' ? words.get(from.fact) : undefined;
  if (op !== 'and' || word === undefined) return undefined;
  const mask = ((value(right) ?? 0) << (shifted ? (value(shifted.right) ?? 0) : 0)) >>> 0;
  return interceptNames.filter((name) => interceptWord(name) === word && (mask & interceptMask(name)) !== 0);
}

/** The switches that an expression asks for. What comes after the part that settles it is not asked. */
function asks(expr: Expr, value: Valued): readonly Switch[] {
  const each = (...parts: readonly Expr[]) => parts.flatMap((part) => asks(part, value));
  switch (expr.kind) {
    case 'const':
    case 'local':
      return [];
    case 'fact':
      return mapBits.has(expr.fact) ? [mapBits.get(expr.fact)!] : [];
    case 'not':
      return asks(expr.of, value);
    case 'all':
    case 'any': {
      const known = expr.of.map(value);
      const end = known.findIndex((one) => one !== undefined && (one === 0) === (expr.kind === 'all'));
      return each(...expr.of.slice(0, end < 0 ? known.length : end + 1));
    }
    case 'equal':
      return each(expr.left, expr.right);
    case 'bits':
      return maskedBits(expr, value) ?? each(expr.left, expr.right);
    case 'choose': {
      const when = value(expr.when);
      return each(expr.when, ...(when === 0 ? [] : [expr.then]), ...(when ? [] : [expr.otherwise]));
    }
  }
}

type Calls = readonly CallRun<VcpuSnapshot>[];

/** The switches that the code asked for in an operation. */
function askedIn(made: StepRun, runs: readonly Run<VcpuSnapshot>[], around: Calls = []): readonly Switch[] {
  return runs.flatMap((run) => {
    const node = run.kind === 'node' ? run.node : run.by;
    const handed = node?.kind === 'call' ? Object.values(node.args) : [];
    const value: Valued = (expr) => valueBefore(made, around, expr, run.index);
    const asked = [...(node ? expressionsOf(node) : []), ...handed].flatMap((expr) => asks(expr, value));
    return run.kind === 'node' ? asked : [...asked, ...askedIn(made, run.steps, [...around, run])];
  });
}

/** The invariants that L2's registers or code running as L1 breaks. */
const strays = new Set(
  invariants.filter(({ holds }) => localsIn(holds).includes('stray')).map(({ id }) => id),
);

const isAstray = (made: StepRun | undefined): boolean =>
  made?.violations.some((id) => strays.has(id)) ?? false;

function classOf(made: StepRun): OutcomeClass {
  const { outcome } = made.step;
  if (isAstray(made)) return 'astray';
  switch (outcome.kind) {
    case 'resume':
      return 'goes-on';
    case 'enter-guest':
      return 'enters-l2';
    case 'nested-vmexit':
      return 'vmexit';
    case 'exception':
    case 'reset':
      return outcome.kind;
    case 'userspace-exit':
      return outcome.reason === 'KVM_EXIT_SHUTDOWN' ? 'shutdown' : 'userspace';
    case 'ioctl':
      // KVM_SET_MSRS returns how many it set: none is a refusal.
      return outcome.errno < 0 || outcome.count === 0 ? 'error' : 'done';
    case 'smm-entry':
    case 'smm-exit':
      return 'smm';
    case 'stop':
      return 'stops';
  }
}

/** What L1 can see once the operation is over: its memory, and its own state if it is the one to go on. */
function viewOfL1({ state: { snapshot }, made }: Derived): string {
  const run = stateOf(snapshot, 'run');
  const stands = run === 'shutdown' || run === 'halted' ? run : contextOf(snapshot);
  const own = stands === 'L1' ? (['svme', 'efer', 'gif', 'rip'] as const) : [];
  const facts = [...own, 'exitCode12', 'rip12', 'efer12'] as const;
  const fault = made?.step.context === 'L1' && made.step.outcome.kind === 'exception' && made.step.outcome;
  return JSON.stringify([stands, fault, isAstray(made), facts.map((name) => valueOf(snapshot, name))]);
}

const doing = ({ step: { op, actor } }: StepRun): string => `${labelOf(op)} by ${actor}`;
const isSame = (one: StepRun | undefined, other: StepRun | undefined): boolean =>
  JSON.stringify(one && nextOf(one.before)) === JSON.stringify(other && nextOf(other.before));

/** Operation for operation what a kernel did on the way to the cursor. */
const wayOf = (session: Session, kernel: string): readonly Derived[] =>
  trunkTo(session, session.cursor.node).map(({ id }) => derivedAt(session, id, kernel));

/** What is said where the run went another way before: the operation that did. */
function otherWords(way: readonly Derived[], wanted: readonly Derived[]): string {
  const parted = way.findIndex(({ made }, at) => !isSame(made, wanted[at]!.made));
  const before = way[parted - 1]?.made;
  if (before) return `${doing(before)} goes another way already: ${stepWords(before)}`;
  const { made, idle } = way.at(-1)!;
  return made ? `${doing(made)}: ${stepWords(made)}` : `does not move: ${idle}`;
}

interface Trial {
  readonly flipped: readonly Switch[];
  readonly cells: readonly GridCell[];
  readonly asked: readonly Switch[];
}

type Try = (flipped: readonly Switch[]) => Trial;

const keyOf = (flipped: readonly Switch[]): string => flipped.toSorted().join();
const toggled = (flipped: readonly Switch[], name: Switch): readonly Switch[] =>
  flipped.includes(name) ? flipped.filter((one) => one !== name) : [...flipped, name];

function isOn(session: Session, name: Switch): boolean {
  const { intercepts, msrpm } = programNow(session).vmcb12;
  if (name === 'EFER read bit') return msrpm.EFER.read;
  return name === 'EFER write bit' ? msrpm.EFER.write : intercepts.includes(name);
}

/** Turn switches as the visitor does, in one go: what was done so far is run again, as a branch. */
export function turnSwitches(session: Session, on: ReadonlyMap<Switch, boolean>): Session {
  const { EFER } = programNow(session).vmcb12.msrpm;
  const read = on.get('EFER read bit') ?? EFER.read;
  const write = on.get('EFER write bit') ?? EFER.write;
  const intercepts = interceptsWith(session, on as ReadonlyMap<InterceptName, boolean>);
  return changeSetup(session, { vmcb12: { intercepts, msrpm: { EFER: { ...EFER, read, write } } } });
}

/** Run the program so far with some switches flipped, on all kernels. Each setting is run once. */
function trying(session: Session, kernels: readonly string[], wanted: readonly Derived[]): Try {
  const run = (flipped: readonly Switch[]): Trial => {
    const changed = turnSwitches(session, new Map(flipped.map((name) => [name, !isOn(session, name)])));
    const ways = kernels.map((id) => wayOf(changed, id));
    const views = ways.map((way) => viewOfL1(way.at(-1)!));
    const reached = ways.map((way) => way.at(-1)!.made).filter((made) => isSame(made, wanted.at(-1)!.made));
    const cells = ways.map((way, at): GridCell => {
      const { made } = way.at(-1)!;
      const [kernel, otherForL1] = [kernels[at]!, views[at] !== views[0]];
      return made && reached.includes(made)
        ? { kernel, words: stepWords(made), outcome: classOf(made), otherForL1 }
        : { kernel, words: otherWords(way, wanted), outcome: 'other-way', otherForL1 };
    });
    const asked = new Set(reached.flatMap((made) => (made ? askedIn(made, made.calls) : [])));
    return { flipped, cells, asked: [...asked] };
  };
  const known = new Map<string, Trial>();
  return (flipped) => {
    const trial = known.get(keyOf(flipped)) ?? run(flipped);
    known.set(keyOf(flipped), trial);
    return trial;
  };
}

/** Every setting that what is asked leads to, one switch after the other from how they stand. */
function explored(at: Try): ReadonlyMap<string, Trial> {
  const trials = new Map([['', at([])]]);
  for (const { flipped, asked } of trials.values()) {
    for (const next of asked.map((name) => toggled(flipped, name)))
      if (trials.size < trialLimit && !trials.has(keyOf(next))) trials.set(keyOf(next), at(next));
  }
  return trials;
}

/** The switches that change some cell, those that change most first. */
function deciding(trials: ReadonlyMap<string, Trial>): readonly Switch[] {
  const changes = (name: Switch): number =>
    [...trials.values()].flatMap(({ flipped, cells }) => {
      const other = flipped.includes(name) ? trials.get(keyOf(toggled(flipped, name))) : undefined;
      return cells.filter((cell, at) => other && JSON.stringify(cell) !== JSON.stringify(other.cells[at]));
    }).length;
  return [...new Set([...trials.values()].flatMap(({ asked }) => asked))]
    .map((name) => ({ name, count: changes(name) }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count)
    .map(({ name }) => name);
}

/** The way to the operation at the cursor, on the first of the session's kernels that carries it out. */
const wantedWay = (session: Session): readonly Derived[] | undefined =>
  session.kernels.map((id) => wayOf(session, id)).find((way) => way.at(-1)!.made);

/** Why there is no grid at the cursor; undefined where there is one. */
export function whyNoGrid(session: Session): string | undefined {
  if (wantedWay(session)) return undefined;
  return trunkTo(session, session.cursor.node).length === 1
    ? 'No operation was made yet: make one, and see here what L1\u2019s intercepts decide of it.'
    : 'No kernel moves here, so there is nothing for an intercept to decide.';
}

/** What the operation at the cursor comes to on each kernel, under every combination of the switches that decide it. */
export function gridOf(session: Session, kernels: readonly string[]): Grid | undefined {
  const wanted = wantedWay(session);
  if (!wanted) return undefined;
  const at = trying(session, kernels, wanted);
  const all = deciding(explored(at));
  const switches = all.slice(0, switchLimit);
  const rows = Array.from({ length: 1 << switches.length }, (_, row): GridRow => {
    const on = switches.map((__, column) => (row & (1 << (switches.length - 1 - column))) !== 0);
    const flipped = switches.filter((name, column) => on[column] !== isOn(session, name));
    return { on, current: flipped.length === 0, cells: at(flipped).cells };
  });
  return { title: doing(wanted.at(-1)!.made!), kernels, switches, more: all.slice(switchLimit), rows };
}
