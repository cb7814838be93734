import { expect, test } from 'vitest';

import { readDiff } from './diff-read.ts';
import { highlightedHunk } from './highlight.ts';

const lines = (path: string, ...rows: readonly string[]) => {
  const counts = ['-', '+'].map((sign) => rows.filter((row) => row[0] === ' ' || row[0] === sign).length);
  const text = `--- a/${path}\n+++ b/${path}\n@@ -1,${counts[0]} +1,${counts[1]} @@\n${rows.join('\n')}\n`;
  const diff = readDiff(text);
  if (!diff.ok) throw new Error(diff.error);
  const [file] = diff.value.files;
  return highlightedHunk(file!, file!.hunks[0]!);
};

test('each side of a hunk reads as C of its own, and the pieces are the lines', () => {
  const rows = [
    '  * the end of a <b> comment',
    '  */',
    '-\treturn "old; /*";',
    '+\t/* two lines',
    '+\t * of it',
    '+\t */',
    '+\treturn 0x1f;',
    ' }',
  ];
  const found = lines('x.c', ...rows);
  expect(found.map((pieces) => pieces.map(({ text }) => text).join(''))).toEqual(
    rows.map((row) => row.slice(1)),
  );
  const styles = found.map((pieces) =>
    pieces.filter(({ text }) => text.trim() !== '').map(({ style }) => style),
  );
  expect(styles[0]).toEqual(['comment']);
  expect(styles[1]).toEqual(['comment']);
  expect(styles[2]).toEqual(['keyword', 'plain', 'string', 'plain'].filter((_, at) => at !== 1));
  expect(styles.slice(3, 6)).toEqual([['comment'], ['comment'], ['comment']]);
  expect(styles[6]).toEqual(['keyword', 'number', 'plain']);
});

test('what is no C stays as it is', () => {
  expect(lines('Makefile', ' return 0;')).toEqual([[{ text: 'return 0;', style: 'plain' }]]);
});
