import { useEffect, useState, useSyncExternalStore } from 'react';

import { readStored, writeStored } from '#browser/storage.ts';
import { showTheme, systemIsDark } from '#browser/theme.ts';
import { isTheme, nextTheme, type Theme } from './themes.ts';

const key = 'svmscope.theme';

function storedTheme(): Theme {
  const stored = readStored(key);
  return isTheme(stored) ? stored : 'system';
}

const shown = (theme: Theme, dark: boolean) => (theme === 'system' ? (dark ? 'dark' : 'light') : theme);

/** Put the page into the theme that was chosen last, before anything is painted. */
export function showStoredTheme(): void {
  showTheme(shown(storedTheme(), systemIsDark.matches()));
}

/** The chosen theme, kept and shown, and the way to the next one. */
export function useTheme(): { readonly theme: Theme; readonly turnTheme: () => void } {
  const [theme, setTheme] = useState(storedTheme);
  const dark = useSyncExternalStore(systemIsDark.subscribe, systemIsDark.matches);
  useEffect(() => showTheme(shown(theme, dark)), [theme, dark]);
  const turnTheme = (): void => {
    const next = nextTheme(theme);
    writeStored(key, next);
    setTheme(next);
  };
  return { theme, turnTheme };
}
