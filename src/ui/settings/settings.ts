/** What visitors set for themselves. Of each setting the first choice is the usual one. */
export const choices = {
  theme: ['system', 'light', 'dark', 'contrast', 'projector'],
  /** Whether a single key does something: for whom one is easily pressed unmeant, or spoken. */
  keys: ['on', 'off'],
  text: ['normal', 'large', 'larger'],
  motion: ['system', 'less'],
} as const;

export type SettingName = keyof typeof choices;
export type Settings = { readonly [Name in SettingName]: (typeof choices)[Name][number] };
export type Theme = Settings['theme'];

/** A choice as it was kept or handed over; the usual one where it is none. */
function choiceOf<Name extends SettingName>(name: Name, text: string | undefined): Settings[Name] {
  const all = choices[name] as readonly string[];
  return (all.find((choice) => choice === text) ?? all[0]) as Settings[Name];
}

/** Settings of which some were kept. */
export function settingsFrom(kept: (name: SettingName) => string | undefined): Settings {
  return {
    theme: choiceOf('theme', kept('theme')),
    keys: choiceOf('keys', kept('keys')),
    text: choiceOf('text', kept('text')),
    motion: choiceOf('motion', kept('motion')),
  };
}

export function nextTheme(theme: Theme): Theme {
  const at = choices.theme.indexOf(theme);
  return choices.theme[(at + 1) % choices.theme.length] ?? 'system';
}

/** What the system asks for. */
export interface SystemWishes {
  readonly dark: boolean;
  readonly contrast: boolean;
  readonly lessMotion: boolean;
}

/** How the page looks: the settings, with the system's wishes where it is left to the system. */
export interface Appearance {
  readonly theme: Exclude<Theme, 'system'>;
  readonly text: Settings['text'];
  readonly motion: Settings['motion'];
}

export function appearanceOf({ theme, text, motion }: Settings, wishes: SystemWishes): Appearance {
  const wished = wishes.contrast ? 'contrast' : wishes.dark ? 'dark' : 'light';
  return {
    theme: theme === 'system' ? wished : theme,
    text,
    motion: wishes.lessMotion ? 'less' : motion,
  };
}
