import { expect, test } from 'vitest';

import { versionOf } from './offline.plugin.ts';

test('the same content is the same version, in any order', () => {
  const one = versionOf(
    new Map([
      ['./', '<html>'],
      ['assets/a.js', 'a'],
    ]),
  );
  const same = versionOf(
    new Map<string, string | Uint8Array>([
      ['assets/a.js', new TextEncoder().encode('a')],
      ['./', '<html>'],
    ]),
  );
  expect(same).toEqual(one);
  expect(one.files).toEqual(['./', 'assets/a.js']);
});

test.each([
  ['other content', [['./', '<html lang>']]],
  ['another name', [['page', '<html>']]],
  [
    'one file more',
    [
      ['./', '<html>'],
      ['a.js', ''],
    ],
  ],
] as const)('%s is another version', (_what, files) => {
  expect(versionOf(new Map(files)).name).not.toBe(versionOf(new Map([['./', '<html>']])).name);
});
