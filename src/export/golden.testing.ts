import { recordings, finish } from '#session/recordings.testing.ts';
import { comparisons } from '#session/code-partings.ts';
import { codeView } from '#session/code-view.ts';
import { derivedAt, viewsAt } from '#session/derive.ts';
import { evidenceOf } from '#session/evidence.ts';
import type { Session } from '#session/session.ts';
import { stepForward } from '#session/steps.ts';
import { openScenario, type Scenario } from '#scenarios/scenario.ts';
import type { Subject } from './subject.ts';

/** A session as a subject: held against the recordings that ship, with no link. */
export function subjectOf(session: Session): Subject {
  const evidence = session.kernels.flatMap((kernel) => {
    const { made } = derivedAt(session, session.cursor.node, kernel);
    return made ? [[kernel, finish(evidenceOf(recordings, made))] as const] : [];
  });
  return {
    session,
    focus: 0,
    evidence: new Map(evidence),
    link: undefined,
    choices: { path: true, run: 'whole' },
  };
}

const partsAt = (session: Session): boolean =>
  comparisons(codeView(viewsAt(session)), 0).some(({ parting }) => parting.kind === 'parts');

/** A scenario at the first step from where it opens in which its kernels part; one step on, where they never do. */
export function toldScenario(scenario: Scenario): Subject {
  const first = stepForward(openScenario(scenario));
  for (let at = first, before = at; ; before = at) {
    if (partsAt(at)) return subjectOf(at);
    at = stepForward(before);
    if (at === before) return subjectOf(first);
  }
}
