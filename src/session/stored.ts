import type { Session } from './session.ts';

/** The name that a stored session bears. */
export const sessionFormat = 'svmscope/session@1';

/** The session as text. States are no part of it: they follow. */
export function sessionText(session: Session): string {
  return JSON.stringify({ format: sessionFormat, ...session });
}
