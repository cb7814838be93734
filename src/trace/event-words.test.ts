import { expect, test } from 'vitest';

import { durationText, eventFields, eventWords, timeText } from './event-words.ts';
import type { EventArgs } from './seen.ts';

const exit = {
  of: 'exit',
  reason: 'msr',
  rip: 0x20146fn,
  info1: 1n,
  info2: 0n,
  requests: undefined,
} as const satisfies EventArgs;
const msr = {
  of: 'msr',
  write: true,
  msr: 0xc000_0080,
  value: 0xd00n,
  gp: false,
} as const satisfies EventArgs;

const words = (args: EventArgs): string =>
  eventWords({ kind: 'event', name: 'x', line: 1, offset: 0, time: undefined, vcpu: undefined, args });

test.each([
  ['msr, rip 0x20146f, info1 0x1', exit],
  ['msr, rip 0x20146f', { ...exit, info1: 0n }],
  ['write EFER c0000080 = 0xd00', msr],
  ['read MSR 10 = 0xd00, #GP', { ...msr, msr: 0x10, write: false, gp: true }],
  ['rip 0x1, immediate exit', { of: 'entry', rip: 1n, immediateExit: true }],
  ['<b>load</b>', { of: 'other', text: '<b>load</b>', unread: false }],
] as const)('%s', (text, args) => {
  expect(words(args)).toBe(text);
});

test('what a line does not print has no value, what it prints as zero has', () => {
  const fields = eventFields(exit);
  expect(fields).toContainEqual({ name: 'requests', value: undefined });
  expect(fields).toContainEqual({ name: 'info2', value: '0x0' });
});

test('EFER is told bit by bit', () => {
  expect(eventFields(msr)).toContainEqual({ name: 'value', value: '0xd00 (LME LMA NX)' });
  expect(eventFields({ ...msr, value: 0n })).toContainEqual({ name: 'value', value: '0x0 (no bit set)' });
});

test('times', () => {
  expect(timeText(32.5)).toBe('32.500000');
  expect(timeText(undefined)).toBe('');
  expect([0.000_002, 0.25, 2, 1000].map(durationText)).toEqual(['2 µs', '250.00 ms', '2.00 s', '1000 s']);
});
