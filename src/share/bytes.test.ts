import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ByteReader, checksum, fromBase64url, toBase64url, writeNumber, writeText } from './bytes.ts';

const anyBytes = fc.array(fc.nat(255), { maxLength: 40 });

test('base64url is that of the platform, and comes back', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
    }),
  );
});

test('each text has one reading: none but the one that is written is read', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,9}$/), (text) => {
      let bytes: readonly number[];
      try {
        bytes = fromBase64url(text);
      } catch {
        return;
      }
      expect(toBase64url(bytes)).toBe(text);
    }),
  );
  expect(() => fromBase64url('AB')).toThrow('a last character that no link has');
  expect(() => fromBase64url('A')).toThrow('a last character that no link has');
  expect(() => fromBase64url('A+')).toThrow('a character that no link has');
});

test('the checksum is CRC-32', () => {
  expect(checksum(Array.from('123456789', (digit) => digit.charCodeAt(0)))).toBe(0xcbf4_3926);
});

test('numbers and texts come back', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string({ unit: 'binary' }), (number, text) => {
      const bytes: number[] = [];
      writeNumber(bytes, number);
      writeText(bytes, text);
      const reader = new ByteReader(bytes);
      expect([reader.number(), reader.text(), reader.left]).toEqual([number, text, 0]);
    }),
  );
});

test.each([
  ['a number without its end', [255, 255]],
  ['a number beyond 2^53', [255, 255, 255, 255, 255, 255, 255, 127]],
  ['a number without any end', Array.from({ length: 30 }, () => 255)],
])('%s is refused', (_, bytes) => {
  expect(() => new ByteReader(bytes).number()).toThrow(/it ends too early|too large/);
});

test('a text longer than what is left is refused before it is read', () => {
  expect(() => new ByteReader([255, 255, 255, 127, 65]).text()).toThrow('it ends too early');
  expect(() => new ByteReader([1, 255, 255, 127]).text()).toThrow('does not exist');
});
