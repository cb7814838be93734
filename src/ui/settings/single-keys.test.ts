import { expect, test } from 'vitest';

import { keyEntries } from '../app/keys.ts';
import { keyWorks } from './single-keys.ts';

test('without single keys what is left is a modifier, Escape, and what clickers send', () => {
  const all = keyEntries.flatMap(({ keys }) => keys);
  expect(all.filter((key) => keyWorks(key, false))).toEqual([
    'Shift+ArrowRight',
    'Shift+ArrowLeft',
    'PageDown',
    'PageUp',
    'Escape',
  ]);
  expect(all.filter((key) => keyWorks(key, true))).toEqual(all);
  expect(['Esc', 'Ctrl C', 'PgUp'].filter((key) => keyWorks(key, false))).toEqual(['Esc', 'Ctrl C', 'PgUp']);
});
