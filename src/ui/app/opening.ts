import { present } from '#base/assert.ts';
import { addressFragment, entryId } from '#browser/address.ts';
import { readOfTab, readStored, removeStored } from '#browser/storage.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { firstLook, type PageView } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';

/** The run of the last visit, and the one that was left for it. */
export const sessionKey = 'svmscope.session';
export const previousKey = 'svmscope.previous';

/** The run at an entry of the browser's history. */
export const placeKey = (id: string): string => `svmscope.place.${id}`;

/** What the page opens with. */
export interface Opening extends PageView {
  /** The run that was left for this one. */
  readonly previous: Session | undefined;
  readonly notice: string | undefined;
  /** The run came by a link. */
  readonly byLink: boolean;
}

/** The opening scenario, as every new visitor meets it. */
export function firstSession(): Session {
  return openScenario(present(scenarios[0], 'a scenario'));
}

const shownAs = (view: PageView): Opening => ({
  ...view,
  previous: undefined,
  notice: undefined,
  byLink: false,
});

const firstVisit = (): Opening => shownAs({ session: firstSession(), look: firstLook });

/** What the page shows: after a reload what it showed, else what the link in the address holds, else the last run. */
export async function openingView(): Promise<Opening> {
  const id = entryId();
  const reloaded = id === undefined ? undefined : readOfTab(placeKey(id));
  if (reloaded !== undefined) return { ...(await restored(reloaded)), previous: await previousRun() };
  const fragment = addressFragment();
  return fragment === '' ? lastVisit() : linked(fragment);
}

async function lastVisit(): Promise<Opening> {
  const text = readStored(sessionKey);
  return text === undefined ? firstVisit() : { ...(await restored(text)), previous: await previousRun() };
}

/** The run that a text holds; a text that does not hold one is thrown away. */
async function restored(text: string): Promise<Opening> {
  const { restoreView } = await import('#session/restore.ts');
  const view = restoreView(text);
  if (view.ok) return shownAs(view.value);
  removeStored(sessionKey);
  return { ...firstVisit(), notice: `The run of your last visit could not be restored: ${view.error}.` };
}

async function previousRun(): Promise<Session | undefined> {
  const text = readStored(previousKey);
  if (text === undefined) return undefined;
  const { restoreView } = await import('#session/restore.ts');
  const view = restoreView(text);
  return view.ok ? view.value.session : undefined;
}

/** The run of a link; the run of the last visit is the way back. A link that cannot be opened leaves that as it was. */
async function linked(fragment: string): Promise<Opening> {
  const [{ readFragment }, last] = await Promise.all([import('#share/link.ts'), lastVisit()]);
  const view = readFragment(fragment);
  if (!view.ok) return { ...last, notice: `${view.error}.` };
  const isNew = readStored(sessionKey) === undefined;
  return { ...last, ...view.value, previous: isNew ? undefined : last.session, byLink: true };
}
