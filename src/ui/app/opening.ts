import { readStored, removeStored } from '#browser/storage.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { present } from '#base/assert.ts';
import { firstLook, type PageView } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';

export const sessionKey = 'svmscope.session';

/** What the page opens with. */
export interface Opening extends PageView {
  readonly notice: string | undefined;
}

/** The opening scenario, as every new visitor meets it. */
export function firstSession(): Session {
  return openScenario(present(scenarios[0], 'a scenario'));
}

/** The run that this browser was left with; a text that does not hold one is thrown away. */
export async function openingSession(): Promise<Opening> {
  const text = readStored(sessionKey);
  if (text === undefined) return { session: firstSession(), look: firstLook, notice: undefined };
  const { restoreView } = await import('#session/restore.ts');
  const restored = restoreView(text);
  if (restored.ok) return { ...restored.value, notice: undefined };
  removeStored(sessionKey);
  return {
    session: firstSession(),
    look: firstLook,
    notice: `The run of your last visit could not be restored: ${restored.error}.`,
  };
}
