import { useSingleKeys } from './store.ts';

/**
 * With a modifier, the key that leaves what is open, and those that clickers send: nobody presses or says them by
 * chance. As `aria-keyshortcuts` has them, and as they are shown.
 */
const isSafe = (key: string): boolean =>
  /^(?:(?:Shift|Control|Ctrl|Alt|Meta)[+ ].|Esc|Page(?:Up|Down)|Pg(?:Up|Dn))/.test(key);

/** Whether a key works, given whether single keys do. */
export const keyWorks = (key: string, singleKeys: boolean): boolean => singleKeys || isSafe(key);

/** Of the keys of a control, as `aria-keyshortcuts` has them, those that work now. */
export function useShortcuts(keys: string | undefined): string | undefined {
  const singleKeys = useSingleKeys();
  const working = keys?.split(' ').filter((key) => keyWorks(key, singleKeys)) ?? [];
  return working.join(' ') || undefined;
}
