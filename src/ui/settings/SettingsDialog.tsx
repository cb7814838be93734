import { useId, type ReactNode } from 'react';

import { classes } from '../shared/classes.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { Switch } from '../shared/Switch.tsx';
import { choices, type Settings, type Theme } from './settings.ts';
import { changeSetting, useSettings } from './store.ts';

interface Props {
  readonly onClose: () => void;
}

const themeWords: Readonly<Record<Theme, readonly [title: string, note: string]>> = {
  system: ['As the system has it', 'light or dark, and high contrast where that is asked for'],
  light: ['Light', ''],
  dark: ['Dark', ''],
  contrast: ['High contrast', 'light or dark as the system has it; text at least 7:1'],
  projector: ['Projector', 'for a pale picture in a bright room: strong inks, larger type'],
};

const textWords: Readonly<Record<Settings['text'], string>> = {
  normal: 'As the browser has it',
  large: '15 % larger',
  larger: '30 % larger',
};

/** What visitors set for themselves. Everything takes effect, and is kept, at once. */
export function SettingsDialog({ onClose }: Props) {
  const settings = useSettings();
  const note = useId();
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="grid gap-4 p-3">
        <Group title="Theme">
          <div className="grid gap-2 sm:grid-cols-2">
            {choices.theme.map((theme) => (
              <Radio
                key={theme}
                name="theme"
                title={themeWords[theme][0]}
                note={themeWords[theme][1]}
                checked={settings.theme === theme}
                onChoose={() => changeSetting('theme', theme)}
              >
                <Preview theme={theme} />
              </Radio>
            ))}
          </div>
        </Group>
        <Group title="Text size">
          <div className="grid gap-2 sm:grid-cols-3">
            {choices.text.map((text) => (
              <Radio
                key={text}
                name="text"
                title={textWords[text]}
                checked={settings.text === text}
                onChoose={() => changeSetting('text', text)}
              />
            ))}
          </div>
        </Group>
        <Group title="Motion and keys">
          <div className="grid gap-1">
            <Switch
              label="Less motion"
              checked={settings.motion === 'less'}
              onChange={(on) => changeSetting('motion', on ? 'less' : 'system')}
            />
            <Switch
              label="Single keys"
              describedBy={note}
              checked={settings.keys === 'on'}
              onChange={(on) => changeSetting('keys', on ? 'on' : 'off')}
            />
            <p id={note} className="pl-8 text-xs text-ink-2">
              Off, a letter, a digit or an arrow alone does nothing on the page: keys with a modifier work,
              and those within the control that has the focus.
            </p>
          </div>
        </Group>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-semibold text-ink-2">{title}</legend>
      {children}
    </fieldset>
  );
}

interface RadioProps {
  readonly name: string;
  readonly title: string;
  readonly note?: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children?: ReactNode;
}

function Radio({ name, title, note = '', checked, onChoose, children }: RadioProps) {
  return (
    <label
      className={classes(
        'flex cursor-pointer items-center gap-2 rounded-sm border px-2 py-1.5 text-xs hover:bg-raised',
        checked ? 'border-accent' : 'border-line',
      )}
    >
      <input
        type="radio"
        name={name}
        checked={checked}
        data-autofocus={checked && name === 'theme' ? true : undefined}
        onChange={onChoose}
        className="accent-accent"
      />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        {note !== '' && <span className="block text-2xs text-ink-2">{note}</span>}
      </span>
      {children}
    </label>
  );
}

/** A few of a theme's own colours: a lit state, a ground, text. */
function Preview({ theme }: { readonly theme: Theme }) {
  return (
    <svg
      data-theme={theme}
      aria-hidden="true"
      viewBox="0 0 48 28"
      className="h-7 w-12 shrink-0 rounded-xs border border-line-strong bg-panel"
    >
      <rect x="4" y="4" width="18" height="9" rx="2" className="fill-l2-ground stroke-l2" />
      <rect x="26" y="4" width="18" height="9" rx="2" className="fill-panel stroke-line-strong" />
      <rect x="4" y="17" width="40" height="7" className="fill-part-ground" />
      <path d="M6 20.5h14M23 20.5h8" strokeWidth="2" className="stroke-ink" />
      <path d="M34 20.5h8" strokeWidth="2" className="stroke-kvm" />
    </svg>
  );
}
