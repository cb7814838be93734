import { panelNames, type PanelName } from '#program/talk.ts';
import type { PageLook, PageView, Presenting } from './page-look.ts';
import { trunkTo, type Session } from './session.ts';

/** What a presenter does: everything that the audience sees follows from the run and from this. */

const onStage: Presenting = { panels: undefined, blank: false, predict: false, covered: false };

/** The panels that are shown where neither the stop nor the presenter asks for others. */
export const usualPanels: readonly PanelName[] = ['chart', 'code'];

/** Start to present, or end it. */
export function togglePresenting(look: PageLook): PageLook {
  return { ...look, presenting: look.presenting ? undefined : onStage };
}

/** Off the stage there is nothing to change. */
function changed(look: PageLook, change: Partial<Presenting>): PageLook {
  return look.presenting ? { ...look, presenting: { ...look.presenting, ...change } } : look;
}

/** Show nothing, or what was shown before. */
export function toggleBlank(look: PageLook): PageLook {
  return changed(look, { blank: !look.presenting?.blank });
}

/** Ask the audience to predict each outcome before it is shown, or no longer. */
export function togglePredict(look: PageLook): PageLook {
  return changed(look, { predict: !look.presenting?.predict, covered: false });
}

/** Put a panel on the stage or take it off; the last one stays. The order is always the same. */
export function togglePanel(look: PageLook, shown: readonly PanelName[], panel: PanelName): PageLook {
  const panels = panelNames.filter((name) => shown.includes(name) !== (name === panel));
  return panels.length === 0 ? look : changed(look, { panels });
}

/** Show what the stop asks for again. */
export function followStop(look: PageLook): PageLook {
  return changed(look, { panels: undefined });
}

/** Whether a move executes something that the audience has yet to see. */
function executes(before: Session, after: Session): boolean {
  if (before.program !== after.program || before.cursor.micro !== undefined) return false;
  const { node } = before.cursor;
  return after.cursor.node !== node && trunkTo(after, after.cursor.node).some(({ id }) => id === node);
}

/**
 * Move on, as a presenter does: a blank screen comes back first, and where the audience predicts, the question comes
 * before the answer.
 */
export function moved({ session, look }: PageView, move: (session: Session) => Session): PageView {
  const { presenting } = look;
  if (presenting?.blank) return { session, look: toggleBlank(look) };
  const after = move(session);
  if (presenting?.predict && !presenting.covered && executes(session, after))
    return { session, look: changed(look, { covered: true }) };
  return { session: after, look: uncovered(look) };
}

/** The outcome that was hidden is shown. */
export function uncovered(look: PageLook): PageLook {
  return look.presenting?.covered ? changed(look, { covered: false }) : look;
}

/** The run as the audience may know it: while a prediction is asked for, not what was done after here before. */
export function withoutFuture(session: Session): Session {
  const { [session.cursor.node]: _next, ...lastChild } = session.lastChild;
  return { ...session, lastChild };
}
