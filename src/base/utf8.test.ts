import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8 } from './utf8.ts';

const visible = (text: string) => text.replaceAll('\ufffd', '');

test('text comes back from its bytes', () => {
  const bytes = new TextEncoder();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const coded = bytes.encode(text);
      return decodeUtf8(coded, 0, coded.length) === text;
    }),
  );
  const long = 'é€𝄞a'.repeat(3000);
  const coded = bytes.encode(long);
  expect(decodeUtf8(coded, 0, coded.length)).toBe(long);
});

test('what is valid of wrong bytes stays, as an engine decodes them', () => {
  const engine = new TextDecoder('utf-8', { ignoreBOM: true });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const ours = decodeUtf8(bytes, 0, bytes.length);
      return visible(ours) === visible(engine.decode(bytes));
    }),
  );
});
