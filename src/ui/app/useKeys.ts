import { useEffect, useEffectEvent } from 'react';

import { keyWorks } from '../settings/single-keys.ts';
import { useSingleKeys } from '../settings/store.ts';
import { entryFor, pressedKey, type KeyActions, type KeyEntry } from './keys.ts';

const textEntry =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]';
const overlay = 'dialog[open], [role=menu], [role=listbox]';

/** Whether a key belongs to something else than the page: a text being typed, an open dialog, another control. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector(overlay)) return true;
  return event.target instanceof Element && event.target.closest(textEntry) !== null;
}

/** Listen to the keys of the page; `takes` says which, where not all that they do is there. */
export function useKeys(actions: KeyActions, takes: (entry: KeyEntry) => boolean = () => true): void {
  const singleKeys = useSingleKeys();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTaken(event)) return;
    const pressed = pressedKey(event);
    const entry = entryFor(pressed);
    if (!entry || !keyWorks(pressed, singleKeys) || !takes(entry)) return;
    event.preventDefault();
    entry.run(actions, pressed);
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
