import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { moved, openList, type OpenList } from './open-list.ts';

/** The list with the caret where the bar stands. */
function listAt(text: string, asked = false): OpenList | undefined {
  return openList('l1', text.replace('|', ''), text.indexOf('|'), asked);
}

describe('the list', () => {
  test('knows its line and the word that it completes', () => {
    expect(listAt('VMRUN\nWRMSR EF|\nEND')).toMatchObject({
      line: 1,
      lineStart: 6,
      from: 6,
      caret: 14,
      active: 0,
    });
  });

  test.each([['|'], ['VMRUN\n|'], ['  |'], ['VMRUN|'], ['# VM|']])('stays shut at %j', (text) => {
    expect(listAt(text)).toBeUndefined();
  });

  test('opens on an empty line where it is asked for', () => {
    expect(listAt('VMRUN\n|', true)).toMatchObject({ line: 1, active: 0 });
  });

  test('takes Enter where the line needs more, and not where it may end', () => {
    expect(listAt('WRMSR |')?.active).toBe(0);
    expect(listAt('TRIPLE_FAULT |')?.active).toBeUndefined();
    expect(listAt('TRIPLE_FAULT h|')?.active).toBe(0);
  });

  test('is walked around its ends', () => {
    const open = present(listAt('TRIPLE_FAULT |'), 'an open list');
    expect(moved(open, 1).active).toBe(0);
    expect(moved(open, -1).active).toBe(1);
    expect(moved({ ...open, active: 1 }, 1).active).toBe(0);
    expect(moved({ ...open, active: 0 }, -1).active).toBe(1);
  });
});
