import { invariant, present } from '#base/assert.ts';
import type { Outcome, PathEntry, Report, ReportStep } from '../report.ts';
import type { Actor, Context } from '../types.ts';

/**
 * What a real kernel did with a program, and how a report is held against it. A key that is absent was not recorded;
 * `null` in `after` likewise, and `next: "none"` means that the vCPU does not run on.
 */
export interface RecordedStep {
  readonly actor: Actor;
  readonly context: Context | null;
  readonly op: string;
  readonly exit?: string | null;
  /** Index into `paths` of the case. */
  readonly path?: number;
  readonly outcome?: Outcome;
  readonly after: Readonly<Record<string, unknown>>;
}

interface Own {
  /** Whether the kernel went on after the recorded steps. */
  readonly open: boolean;
  readonly steps: readonly RecordedStep[];
}

export interface RecordedCase {
  /** A document of the program format. */
  readonly program: unknown;
  /** On what it was recorded; absent: where the shipped cases come from, see `README.md`. */
  readonly origin?: string;
  /** Functions in the order in which they were entered, a dot for each level of depth. */
  readonly paths: readonly string[];
  /** By kernel id; `as` names the kernel that did the same. */
  readonly kernels: Readonly<Record<string, Own | { readonly as: string }>>;
}

/** How the entry of a word is compared, and what it enters. */
export type Vocabulary = Readonly<Record<string, string>>;

/** The steps that a kernel of a case was recorded with. */
export function recordedOf(recorded: RecordedCase, kernel: string): Own {
  const found = present(recorded.kernels[kernel], `kernel ${kernel} of the case`);
  return 'as' in found ? recordedOf(recorded, found.as) : found;
}

/** A recorded path, spelled as a report has it. */
export function parsePath(text: string): readonly PathEntry[] {
  if (text === '') return [];
  return text.split(' ').map((word) => {
    const fn = word.replace(/^\.+/, '');
    return { fn, depth: word.length - fn.length };
  });
}

/** An entry of a path that is compared: where it stands in the path, and its word with its depth among the words. */
export interface ComparedEntry {
  readonly at: number;
  readonly word: string;
}

/** Tells of a path, entry after entry, what is compared. */
export class ComparedPath {
  private readonly open: number[] = [];
  private closedBelow = Infinity;
  private readonly vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The word of the next entry; undefined where it is not compared. */
  next({ fn, depth }: PathEntry): string | undefined {
    if (depth > this.closedBelow) return undefined;
    this.closedBelow = Infinity;
    const { open } = this;
    while (open.length > 0 && open.at(-1)! >= depth) open.pop();
    const kind = this.vocabulary[fn];
    if (kind === undefined) return undefined;
    if (kind !== 'compared') this.closedBelow = depth;
    if (kind === 'hidden') return undefined;
    open.push(depth);
    return `${'.'.repeat(open.length - 1)}${fn}`;
  }
}

/** The entries of a path that are compared. */
export function comparedEntries(
  path: readonly PathEntry[],
  vocabulary: Vocabulary,
): readonly ComparedEntry[] {
  const compared = new ComparedPath(vocabulary);
  return path.flatMap((entry, at) => {
    const word = compared.next(entry);
    return word === undefined ? [] : [{ at, word }];
  });
}

/** The words of a path that are compared, with their depth among each other. */
export function comparable(path: readonly PathEntry[], vocabulary: Vocabulary): readonly string[] {
  return comparedEntries(path, vocabulary).map(({ word }) => word);
}

/** What is wrong with a step, by what was compared; empty where it agrees. */
export interface StepVerdict {
  readonly path: string | undefined;
  readonly state: string | undefined;
}

function firstDifference(got: readonly string[], wanted: readonly string[]): string | undefined {
  const at = wanted.findIndex((word, index) => word !== got[index]);
  if (at < 0 && got.length === wanted.length) return undefined;
  const index = at < 0 ? wanted.length : at;
  return `entry ${index}: ${got[index] ?? 'nothing'}, recorded ${wanted[index] ?? 'nothing'}`;
}

function stateProblem(got: ReportStep, wanted: RecordedStep): string | undefined {
  const pairs: [string, unknown, unknown][] = [
    ['actor', got.actor, wanted.actor],
    ['context', got.context, wanted.context],
    ['op', got.op.do, wanted.op],
  ];
  if (wanted.exit !== undefined) pairs.push(['exit', got.exit, wanted.exit]);
  for (const [key, value] of Object.entries(wanted.outcome ?? {})) {
    pairs.push([`outcome.${key}`, (got.outcome as unknown as Record<string, unknown>)[key], value]);
  }
  for (const [key, value] of Object.entries(wanted.after)) {
    if (value === null) continue;
    pairs.push([
      `after.${key}`,
      (got.after as unknown as Record<string, unknown>)[key],
      value === 'none' ? null : value,
    ]);
  }
  const wrong = pairs.find(([, left, right]) => JSON.stringify(left) !== JSON.stringify(right));
  return wrong && `${wrong[0]}: ${JSON.stringify(wrong[1])}, recorded ${JSON.stringify(wrong[2])}`;
}

/** Hold one step against what was recorded. */
function compareStep(
  got: ReportStep | undefined,
  wanted: RecordedStep,
  paths: readonly string[],
  vocabulary: Vocabulary,
): StepVerdict {
  if (!got) return { path: wanted.path === undefined ? undefined : 'no such step', state: 'no such step' };
  if (wanted.path === undefined) return { path: undefined, state: stateProblem(got, wanted) };
  const recorded = parsePath(present(paths[wanted.path], `path ${wanted.path}`));
  return {
    path: firstDifference(comparable(got.path, vocabulary), comparable(recorded, vocabulary)),
    state: stateProblem(got, wanted),
  };
}

/** How many of what was compared agreed. */
export interface Tally {
  cases: readonly [agreed: number, all: number];
  steps: readonly [agreed: number, all: number];
  paths: readonly [agreed: number, all: number];
  state: readonly [agreed: number, all: number];
}

export interface CaseVerdict {
  readonly tally: Tally;
  readonly problems: readonly string[];
}

/** Hold a whole report against one kernel of a case. */
export function compareCase(report: Report, recorded: RecordedCase, vocabulary: Vocabulary): CaseVerdict {
  const { steps, open } = recordedOf(recorded, report.kernel);
  const verdicts = steps.map((wanted, index) =>
    compareStep(report.steps[index], wanted, recorded.paths, vocabulary),
  );
  const problems = verdicts.flatMap(({ path, state }, index) => [
    ...(path === undefined ? [] : [`step ${index} path: ${path}`]),
    ...(state === undefined ? [] : [`step ${index} ${state}`]),
  ]);
  if (!open && report.steps.length > steps.length)
    problems.push(`step ${steps.length}: recorded nothing more`);
  const compared = steps.filter(({ path }) => path !== undefined).length;
  const pathsWrong = verdicts.filter(({ path }) => path !== undefined).length;
  const stateWrong = verdicts.filter(({ state }) => state !== undefined).length;
  const wrong = verdicts.filter(({ path, state }) => path !== undefined || state !== undefined).length;
  return {
    problems,
    tally: {
      cases: [problems.length === 0 ? 1 : 0, 1],
      steps: [steps.length - wrong, steps.length],
      paths: [compared - pathsWrong, compared],
      state: [steps.length - stateWrong, steps.length],
    },
  };
}

/** The line that counts the agreement of many cases. */
export function tallyLine(tallies: readonly Tally[]): string {
  invariant(tallies.length > 0, 'at least one case');
  const sum = (key: keyof Tally): string =>
    `${key} ${tallies.reduce((total, tally) => total + tally[key][0], 0)}/${tallies.reduce((total, tally) => total + tally[key][1], 0)}`;
  return `conformance: ${sum('cases')} ${sum('steps')} ${sum('paths')} ${sum('state')}`;
}
