import { expect, test } from 'vitest';

import { appearanceOf, choices, nextTheme, settingsFrom, type Theme } from './settings.ts';

const usual = settingsFrom(() => undefined);
const calm = { dark: false, contrast: false, lessMotion: false };

test('what was not kept, or is no choice, is the usual one', () => {
  expect(usual).toEqual({ theme: 'system', keys: 'on', text: 'normal', motion: 'system' });
  const kept: Readonly<Record<string, string>> = {
    theme: 'solarized',
    keys: 'off',
    text: '',
    motion: 'less',
  };
  expect(settingsFrom((name) => kept[name])).toEqual({ ...usual, keys: 'off', motion: 'less' });
});

test('the key goes through every theme', () => {
  const seen: Theme[] = ['system'];
  while (seen.length < choices.theme.length) seen.push(nextTheme(seen.at(-1)!));
  expect(seen).toEqual(choices.theme);
  expect(nextTheme(seen.at(-1)!)).toBe('system');
});

test.each([
  ['system', { dark: true }, 'dark'],
  ['system', { dark: true, contrast: true }, 'contrast'],
  ['system', {}, 'light'],
  ['dark', { contrast: true }, 'dark'],
  ['projector', { dark: true }, 'projector'],
] as const)('%s, where the system wishes %j, is %s', (theme, wishes, shown) => {
  expect(appearanceOf({ ...usual, theme }, { ...calm, ...wishes }).theme).toBe(shown);
});

test('motion is less where either of them says so', () => {
  expect(appearanceOf(usual, calm).motion).toBe('system');
  expect(appearanceOf({ ...usual, motion: 'less' }, calm).motion).toBe('less');
  expect(appearanceOf(usual, { ...calm, lessMotion: true }).motion).toBe('less');
});
