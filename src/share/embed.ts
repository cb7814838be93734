import { fail, ok, type Result } from '#base/result.ts';
import { parseProgram } from '#program/parse.ts';
import { choices, problemLine, quote } from '#program/problem.ts';
import { panelNames, type PanelName } from '#program/talk.ts';
import type { Program } from '#program/types.ts';
import type { View } from '#session/derive.ts';
import { branchThrough, moveTo, trunkTo, type Session } from '#session/session.ts';
import { stepForward } from '#session/steps.ts';
import { forwardOf, summaryOf, type SummaryLine } from '#session/summary.ts';

/** The page inside another one: which panels it shows, and what the two say to each other. */

/** What the host may ask for. */
export type EmbedRequest =
  | { readonly kind: 'step' | 'back' | 'ask' }
  /** To where so many operations are done, executing what is not executed yet. */
  | { readonly kind: 'go'; readonly at: number }
  | { readonly kind: 'program'; readonly program: Program }
  | { readonly kind: 'link'; readonly link: string };

/** What the host is told: at the start, after every change, and when it asks. */
export interface EmbedState {
  readonly type: 'svmscope/state';
  readonly title: string;
  readonly kernels: readonly string[];
  /** The one that single-kernel panels show. */
  readonly kernel: string;
  /** Operations done at the cursor. */
  readonly step: number;
  readonly operation: string;
  /** What came of it. */
  readonly outcome: readonly SummaryLine[];
  /** What comes next; null at the end of the run. */
  readonly next: string | null;
}

/** What the host is told of a request that cannot be met. */
export interface EmbedError {
  readonly type: 'svmscope/error';
  /** Where, what, and what is allowed. */
  readonly error: string;
}

const types = ['svmscope/step', 'svmscope/back', 'svmscope/go', 'svmscope/open', 'svmscope/ask'] as const;
const farthest = 1000;
const longestLink = 200_000;

/** Whether a message is meant for this page: hosts send others as well. */
export function isForSvmscope(message: unknown): boolean {
  const type = membersOf(message)['type'];
  return typeof type === 'string' && type.startsWith('svmscope/');
}

/** The request that a message makes, or the first thing that is wrong with it. */
export function parseRequest(message: unknown): Result<EmbedRequest, string> {
  const members = membersOf(message);
  switch (members['type'] as (typeof types)[number]) {
    case 'svmscope/step':
      return ok({ kind: 'step' });
    case 'svmscope/back':
      return ok({ kind: 'back' });
    case 'svmscope/ask':
      return ok({ kind: 'ask' });
    case 'svmscope/go':
      return parseGo(members['at']);
    case 'svmscope/open':
      return parseOpen(members);
    default:
      return fail(`type: ${quote(members['type'])} is unknown: ${choices(members['type'], types)}`);
  }
}

const membersOf = (message: unknown): Readonly<Record<string, unknown>> =>
  typeof message === 'object' && message !== null ? { ...message } : {};

function parseGo(at: unknown): Result<EmbedRequest, string> {
  if (typeof at === 'number' && Number.isInteger(at) && at >= 0 && at <= farthest)
    return ok({ kind: 'go', at });
  return fail(`svmscope/go: at: ${quote(at)} is no whole number from 0 to ${farthest}`);
}

function parseOpen({ program, link }: Readonly<Record<string, unknown>>): Result<EmbedRequest, string> {
  if ((program === undefined) === (link === undefined))
    return fail('svmscope/open: exactly one of program and link is needed');
  if (link !== undefined) {
    if (typeof link === 'string' && link.length <= longestLink) return ok({ kind: 'link', link });
    return fail(`svmscope/open: link: no text of at most ${longestLink} characters`);
  }
  const parsed = parseProgram(program);
  if (parsed.ok) return ok({ kind: 'program', program: parsed.value });
  return fail(`svmscope/open: ${problemLine(parsed.error)}`);
}

/** The run where so many operations are done along its branch, or where it ends before that. */
export function goTo(session: Session, at: number): Session {
  const trunk = branchThrough(session, session.cursor.node);
  const known = trunk[at] ?? trunk.at(-1);
  let now = known ? moveTo(session, { node: known.id }) : session;
  for (let done = trunk.length - 1; done < at; done += 1) {
    const next = stepForward(now);
    if (next === now) break;
    now = next;
  }
  return now;
}

export function embedState(session: Session, views: readonly View[], focus: number): EmbedState {
  const { title, lines } = summaryOf(session, views);
  const { label, why } = forwardOf(session, views, focus);
  return {
    type: 'svmscope/state',
    title: session.program.title,
    kernels: session.kernels,
    kernel: session.kernels[focus] ?? '',
    step: trunkTo(session, session.cursor.node).length - 1,
    operation: title,
    outcome: lines,
    next: why === undefined ? label : null,
  };
}

export const usualPanels: readonly PanelName[] = ['chart', 'code'];

const isPanel = (name: string): name is PanelName => panelNames.some((panel) => panel === name);

/** The panels that an address asks for, such as `chart+code`, in its order; none named: the usual ones. */
export function parsePanels(text: string): Result<readonly PanelName[], string> {
  const names = text.split(/[ +,]+/).filter((name) => name !== '');
  const unknown = names.find((name) => !isPanel(name));
  if (unknown !== undefined)
    return fail(`embed: ${quote(unknown)} is no panel: ${choices(unknown, panelNames)}`);
  const panels = [...new Set(names.filter(isPanel))];
  return ok(panels.length === 0 ? usualPanels : panels);
}
