import { present } from '#base/assert.ts';
import type { Session } from '#session/session.ts';
import { openScenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/** The run that the page opens with. */
export function firstOf(): Session {
  return openScenario(present(scenarios[0], 'a scenario'));
}
