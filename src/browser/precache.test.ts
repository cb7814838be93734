import { describe, expect, test } from 'vitest';

import { cacheName, fetchMode, keptUnder, outdated } from './precache.ts';

const scope = 'https://example.org/tools/svmscope/';
const own = (version: string) => cacheName(scope, version);
const ask = (url: string, mode = 'cors', method = 'GET') => keptUnder({ method, url, mode }, scope);

describe('keptUnder', () => {
  test('the page is kept under its folder, whatever follows the address', () => {
    expect(ask(scope, 'navigate')).toBe(scope);
    expect(ask(`${scope}#s=abc`, 'navigate')).toBe(scope);
    expect(ask(`${scope}?from=mail`, 'navigate')).toBe(scope);
    expect(ask(`${scope}index.html`, 'navigate')).toBe(scope);
  });

  test('a file is kept under its own address', () => {
    expect(ask(`${scope}assets/index-abc.js`)).toBe(`${scope}assets/index-abc.js`);
    expect(ask(`${scope}schema/program@1.json`, 'navigate')).toBe(`${scope}schema/program@1.json`);
  });

  test('what is not the page’s own, or sends something, is left alone', () => {
    expect(ask('https://example.org/tools/other/')).toBeUndefined();
    expect(ask('https://example.com/x.js')).toBeUndefined();
    expect(ask(scope, 'cors', 'POST')).toBeUndefined();
  });
});

describe('outdated', () => {
  test('the version before the new one stays, older ones go', () => {
    expect(outdated([own('a'), own('b'), own('c')], scope, 'c')).toEqual([own('a')]);
    expect(outdated([own('a'), own('b')], scope, 'b')).toEqual([]);
    expect(outdated([own('a')], scope, 'a')).toEqual([]);
  });

  test('a version that comes back keeps the one that it replaces', () => {
    expect(outdated([own('a'), own('b'), own('c')], scope, 'a')).toEqual([own('b')]);
  });

  test('caches of other folders are not touched', () => {
    const other = cacheName('https://example.org/other/', 'a');
    expect(outdated([other, 'theirs', own('a'), own('b'), own('c')], scope, 'c')).toEqual([own('a')]);
  });
});

test('only names that hold a hash are taken from the browser’s own store', () => {
  expect(fetchMode('assets/index-abc.js')).toBe('default');
  expect(fetchMode('./')).toBe('no-cache');
  expect(fetchMode('favicon.svg')).toBe('no-cache');
});
