import { describe, expect, test } from 'vitest';

import { isExact, offsetAt, offsetFor, rowsSeen, scaleOf, scrollTopAt, within } from './scroll-scale.ts';

const row = 22;
const view = 600;

describe.each([0, 1, 30, 1_000, 1_000_000, 50_000_000])('a list of %i rows', (rows) => {
  const scale = scaleOf(rows, row, view);

  test('is no taller than browsers can have it, and exact while it need not be', () => {
    expect(scale.height).toBeLessThanOrEqual(8_000_000);
    expect(isExact(scale)).toBe(rows * row <= 8_000_000);
  });

  test('ends with its last row, and begins with its first', () => {
    const end = within(scale, offsetAt(scale, Math.max(scale.height - view, 0)));
    expect(rowsSeen(scale, end, row).to).toBe(rows);
    expect(rowsSeen(scale, 0, row).from).toBe(0);
  });

  test('goes from a place to how far it is scrolled, and back', () => {
    for (const at of [0, 0.2, 0.5, 1]) {
      const offset = within(scale, scale.full * at);
      expect(offsetAt(scale, scrollTopAt(scale, offset))).toBeCloseTo(offset, 3);
    }
  });

  test('shows any row that it is asked to', () => {
    for (const wanted of [0, Math.floor(rows / 2), rows - 1].filter((one) => one >= 0 && one < rows)) {
      const { from, to } = rowsSeen(scale, offsetFor(scale, 0, wanted, row), row);
      expect(from).toBeLessThanOrEqual(wanted);
      expect(to).toBeGreaterThan(wanted);
    }
  });
});

test('does not scroll for a row that is seen', () => {
  const scale = scaleOf(1000, row, view);
  expect(offsetFor(scale, 2200, 105, row)).toBe(2200);
});
