import type { PageView } from './page-look.ts';

/** The name that a stored session bears. */
export const sessionFormat = 'svmscope/session@1';

/** The run and how it is shown, as text. States are no part of it: they follow. */
export function viewText({ session, look }: PageView): string {
  return JSON.stringify({ format: sessionFormat, ...session, look });
}
