import type { View } from './derive.ts';
import { labelOf } from './possible.ts';
import { branchThrough, childrenOf, nodeOf, setupOf, trunkTo, type Session } from './session.ts';
import { eventWords, stateFlags, stepWords } from './words.ts';

/** Kernels to which the same happened, with what it was. */
export interface SummaryLine {
  readonly kernels: readonly string[];
  readonly words: string;
}

/** What the operation at the cursor was, and what came of it on each kernel. */
export interface Summary {
  readonly title: string;
  readonly lines: readonly SummaryLine[];
}

/** An operation with who carried it out. */
function actionWords({ derived }: View): string | undefined {
  const { made } = derived;
  return made && `${labelOf(made.step.op)} by ${made.step.actor}`;
}

function titleOf(session: Session, views: readonly View[]): string {
  const event = nodeOf(session, session.cursor.node).event;
  if (event.kind === 'setup') return eventWords(event, session.program);
  return views.map(actionWords).find((words) => words !== undefined) ?? eventWords(event, session.program);
}

/** Sum up the operation at the cursor. Kernels that fared alike share a line. */
export function summaryOf(session: Session, views: readonly View[]): Summary {
  const title = titleOf(session, views);
  const told = views.flatMap((view) => {
    const { made, idle } = view.derived;
    if (!made && idle === undefined) return [];
    const action = actionWords(view);
    const other = action !== undefined && action !== title ? `${action}: ` : '';
    return [{ view, words: made ? other + stepWords(made) : `does not move: ${idle}` }];
  });
  const byWords = new Map<string, string[]>();
  for (const { view, words } of told) {
    const alike = told.filter((one) => one.words === words).map((one) => one.view);
    const line = [words, ...ownFlags(view, alike)].join(', ');
    byWords.set(line, [...(byWords.get(line) ?? []), view.kernel]);
  }
  return { title, lines: [...byWords].map(([words, kernels]) => ({ kernels, words })) };
}

const flagsOf = ({ derived: { made } }: View): readonly string[] => (made ? stateFlags(made.step.after) : []);

/** What of the state sets a kernel apart from others of which the same is told. */
function ownFlags(view: View, alike: readonly View[]): readonly string[] {
  const others = alike.map(flagsOf);
  return flagsOf(view).filter((flag) => !others.every((flags) => flags.includes(flag)));
}

/** The same in one sentence, to be read out. */
export function spokenSummary(session: Session, views: readonly View[]): string {
  const { title, lines } = summaryOf(session, views);
  const { micro } = session.cursor;
  const total = Math.max(0, ...views.map(({ microSteps }) => microSteps));
  if (micro !== undefined) return `${title}: node ${micro} of ${total}.`;
  const told = lines.map(({ kernels, words }) =>
    kernels.length === views.length ? words : `${kernels.join(', ')}: ${words}`,
  );
  return [title, ...told].map((part) => part.replace(/\.?$/, '.')).join(' ');
}

/** What → does: the operation that comes next, on the branch that it follows. */
export interface Forward {
  readonly label: string;
  readonly actor: string | undefined;
  /** `new`: nobody did it here yet. `known`: → goes there again. `rest`: what is left of the operation at the cursor. */
  readonly kind: 'new' | 'known' | 'rest';
  /** Why nothing comes next. */
  readonly why: string | undefined;
}

export function forwardOf(session: Session, views: readonly View[], focus: number): Forward {
  const { node, micro } = session.cursor;
  const here = views[focus];
  const inside = micro === undefined ? undefined : here?.derived.made;
  if (inside)
    return { label: labelOf(inside.step.op), actor: inside.step.actor, kind: 'rest', why: undefined };
  const onward = session.lastChild[node] ?? childrenOf(session, node)[0]?.id;
  const kind = onward === undefined ? 'new' : 'known';
  const event = onward === undefined ? undefined : nodeOf(session, onward).event;
  if (event?.kind === 'do') return { label: labelOf(event.op), actor: undefined, kind, why: undefined };
  const next = [here, ...views].find((view) => view && view.next.kind !== 'stop')?.next ?? here?.next;
  if (!next || next.kind === 'stop')
    return { label: 'end', actor: undefined, kind, why: next?.why ?? 'nothing comes next' };
  return {
    label: labelOf(next.op),
    actor: next.kind === 'guest' ? next.actor : 'userspace',
    kind,
    why: undefined,
  };
}

/** How far the run has gone, and whether it is still the program's own. */
export interface Progress {
  readonly made: number;
  readonly total: number;
  /** Neither the setup nor any operation is the visitor's. */
  readonly scripted: boolean;
}

export function progressOf(session: Session): Progress {
  const trunk = trunkTo(session, session.cursor.node);
  const scripted =
    Object.keys(setupOf(session, session.cursor.node)).length === 0 &&
    trunk.slice(1).every(({ event }) => event.kind === 'step');
  return { made: trunk.length - 1, total: branchThrough(session, session.cursor.node).length - 1, scripted };
}
