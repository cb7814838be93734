import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';

import { fileSource } from './recording-source.ts';

const text = Array.from({ length: 300_000 }, (_, index) => `line ${index} of the file\n`).join('');
const bytesOf = (content: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);

async function read(content: string | Uint8Array, from = 0) {
  const whole = bytesOf(content);
  const source = await fileSource(new File([whole.subarray(0, 9999), whole.subarray(9999)], 'a.txt'));
  const pieces: Uint8Array[] = [];
  let taken = 0;
  for await (const chunk of source.open(from)) {
    expect(chunk.taken).toBeGreaterThanOrEqual(taken);
    ({ taken } = chunk);
    pieces.push(chunk.bytes);
  }
  return { source, text: Buffer.concat(pieces).toString(), taken, pieces: pieces.length };
}

describe.each([
  ['plain', bytesOf(text)],
  ['packed', bytesOf(gzipSync(text))],
])('a %s file', (kind, content) => {
  test('is read whole, in pieces', async () => {
    const found = await read(content);
    expect(found.text).toBe(text);
    expect(found.pieces).toBeGreaterThan(1);
    expect(found.taken).toBe(content.length);
    expect(found.source).toMatchObject({ name: 'a.txt', size: content.length, packed: kind === 'packed' });
  });

  test('is read from the middle of its text', async () => {
    for (const from of [1, 4_194_303, 4_194_305, text.length - 1, text.length]) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- a few, one after the other.
      expect((await read(content, from)).text === text.slice(from)).toBe(true);
    }
  });
});

describe('a packed file says where it is broken', () => {
  const packed = gzipSync(text);
  test('cut off', async () => {
    const cut = packed.subarray(0, packed.length - 100);
    await expect(read(cut)).rejects.toThrow(`ends too early: at byte ${cut.length}`);
  });

  test('with other bytes in it', async () => {
    const broken = new Uint8Array(packed);
    broken.fill(0xff, 200_000, 200_400);
    await expect(read(broken)).rejects.toThrow(/the gzip data is broken, .* at or before byte \d+ of \d+/);
  });
});

describe('a file', () => {
  test('that was changed since it was opened says so', async () => {
    const file = new File([text], 'a.txt');
    const source = await fileSource(file);
    vi.spyOn(file, 'slice').mockImplementation(() =>
      Object.assign(new Blob([text]), {
        stream: () =>
          new ReadableStream({
            pull: () => Promise.reject(new DOMException('changed', 'NotReadableError')),
          }),
      }),
    );
    await expect(source.open(7)[Symbol.asyncIterator]().next()).rejects.toThrow(
      'byte 7: cannot be read: the file was moved or changed since it was opened',
    );
  });

  test('that became shorter says so', async () => {
    const file = new File([text], 'a.txt');
    const source = await fileSource(file);
    vi.spyOn(file, 'slice').mockImplementation(() => new Blob(['x']));
    const pieces = source.open(0)[Symbol.asyncIterator]();
    expect((await pieces.next()).done).toBe(false);
    await expect(pieces.next()).rejects.toThrow('byte 1: cannot be read');
  });

  test('without a byte is read to its end', async () => {
    expect((await read('')).text).toBe('');
  });
});
