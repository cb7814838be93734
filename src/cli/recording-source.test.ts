import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';

import { fileSource } from './recording-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'svmscope-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = Array.from({ length: 300_000 }, (_, index) => `line ${index} of the file\n`).join('');

async function read(content: string | Uint8Array, from = 0): Promise<string> {
  const path = join(folder, 'a.txt');
  writeFileSync(path, content);
  const { source } = await fileSource(path);
  expect(source.name).toBe('a.txt');
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of source.open(from)) pieces.push(bytes);
  return Buffer.concat(pieces).toString();
}

test.each([0, 1, 65_537, text.length])('from byte %i of the text, packed or not', async (from) => {
  expect(await read(text, from)).toBe(text.slice(from));
  expect(await read(gzipSync(text), from)).toBe(text.slice(from));
});

test('a packed file that is broken or cut off says so', async () => {
  const packed = gzipSync(text);
  await expect(read(packed.subarray(0, 1000))).rejects.toThrow('ends too early: at byte 1000');
  packed.fill(0xff, 200_000, 200_400);
  await expect(read(packed)).rejects.toThrow(/broken at or before byte \d+ of \d+/);
});

test('a file that is not there fails with the code of the system', async () => {
  await expect(fileSource(join(folder, 'none'))).rejects.toThrow('ENOENT');
});
