import { present } from '#base/assert.ts';
import { addressFragment, entryId } from '#browser/address.ts';
import { readStored } from '#browser/storage.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { firstLook, type PageView } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { sessionKey } from './run-keys.ts';

/** What the page opens with. */
export interface Opening extends PageView {
  /** The run that was left for this one. */
  readonly previous: Session | undefined;
  /** The runs of other programs that its talk came by. */
  readonly shelf: readonly Session[];
  readonly notice: string | undefined;
  /** The run came by a link. */
  readonly byLink: boolean;
}

/** The opening scenario, as every new visitor meets it. */
export function firstSession(): Session {
  return openScenario(present(scenarios[0], 'a scenario'));
}

/** The page as a new visitor meets it. */
const firstVisit = (): Opening => ({
  session: firstSession(),
  look: firstLook,
  previous: undefined,
  shelf: [],
  notice: undefined,
  byLink: false,
});

/** What the page shows: what it showed before a reload, the run of a link, or the last one; else the opening scenario. */
export async function openingView(): Promise<Opening> {
  const isNew = entryId() === undefined && addressFragment() === '' && readStored(sessionKey) === undefined;
  return isNew ? firstVisit() : (await import('./kept-runs.ts')).keptOpening(firstVisit);
}
