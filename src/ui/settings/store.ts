import { useSyncExternalStore } from 'react';

import { makeStore } from '#base/store.ts';
import { showAppearance, systemWishes } from '#browser/appearance.ts';
import { readStored, writeStored } from '#browser/storage.ts';
import { appearanceOf, nextTheme, settingsFrom, type SettingName, type Settings } from './settings.ts';

/** The settings of this page: one value, kept in the browser, shown by the document. */
const settings = makeStore(settingsFrom(() => undefined));
let isKept = false;

const stored = (name: SettingName): string => `svmscope.${name}`;

function show(): void {
  const { dark, contrast, lessMotion } = systemWishes;
  const wishes = { dark: dark.matches(), contrast: contrast.matches(), lessMotion: lessMotion.matches() };
  showAppearance(appearanceOf(settings.get(), wishes));
}

/**
 * Put the page into the look that was chosen last, before anything is painted, and follow the system. With `given`,
 * those are the settings, and nothing is kept.
 */
export function startSettings(given?: (name: SettingName) => string | undefined): void {
  isKept = given === undefined;
  settings.set(settingsFrom(given ?? ((name) => readStored(stored(name)))));
  show();
  for (const wish of Object.values(systemWishes)) wish.subscribe(show);
}

export function changeSetting<Name extends SettingName>(name: Name, choice: Settings[Name]): void {
  const changed = { ...settings.get(), [name]: choice };
  if (isKept) writeStored(stored(name), choice);
  settings.set(changed);
  show();
}

export const turnTheme = (): void => changeSetting('theme', nextTheme(settings.get().theme));

/** The settings, as long as something shows them. */
export const useSettings = (): Settings =>
  useSyncExternalStore(settings.subscribe, settings.get, settings.get);

/** Whether single keys do something on the page. Off, only keys with a modifier do. */
export const useSingleKeys = (): boolean => useSettings().keys === 'on';
