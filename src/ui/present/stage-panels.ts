import { panelNames, type PanelName } from '#program/talk.ts';
import { standingOf } from '#scenarios/talks.ts';
import type { Presenting } from '#session/page-look.ts';
import { usualPanels } from '#session/presenting.ts';
import type { Session } from '#session/session.ts';

/** The panels on the stage: the presenter's choice, else what the stop asks for. */
export function shownPanels(session: Session, presenting: Presenting): readonly PanelName[] {
  const asked = presenting.panels ?? standingOf(session)?.stop.show ?? usualPanels;
  return panelNames.filter((name) => asked.includes(name));
}
