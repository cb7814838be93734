import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  readSync,
  closeSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import type { ByteSource, Chunk } from '#trace/source.ts';

/** Bytes that are read at once. */
const sliceBytes = 4_194_304;

/** A recording on disk, and what is to be called when nobody reads it any more. */
export interface OpenedFile {
  readonly source: ByteSource;
  readonly close: () => void;
}

/** The bytes of a file, or of standard input for `-`. Throws with the system's code where it cannot be read. */
export async function fileSource(file: string): Promise<OpenedFile> {
  if (file !== '-') return { source: sourceOf(file, basename(file)), close: () => undefined };
  // A recording is read in more than one go, which standard input does not allow.
  const folder = mkdtempSync(join(tmpdir(), 'svmscope-'));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'input');
    await pipeline(process.stdin, createWriteStream(copy));
    return { source: sourceOf(copy, 'standard input'), close };
  } catch (error) {
    close();
    throw error;
  }
}

function sourceOf(path: string, name: string): ByteSource {
  const { size } = statSync(path);
  const packed = isGzip(path);
  return { name, size, packed, open: (from) => (packed ? unpacked(path, size, from) : plain(path, from)) };
}

function isGzip(path: string): boolean {
  const head = Buffer.alloc(2);
  const handle = openSync(path, 'r');
  try {
    readSync(handle, head, 0, 2, 0);
  } finally {
    closeSync(handle);
  }
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function* plain(path: string, from: number): AsyncGenerator<Chunk> {
  let taken = from;
  for await (const piece of createReadStream(path, { start: from, highWaterMark: sliceBytes })) {
    const bytes = piece as Buffer;
    taken += bytes.length;
    yield { bytes, taken };
  }
}

/** What a packed file unpacks to, without the first bytes. */
async function* unpacked(path: string, size: number, from: number): AsyncGenerator<Chunk> {
  const file = createReadStream(path, { highWaterMark: sliceBytes });
  const unpacking = createGunzip({ chunkSize: 65_536 });
  // The pipe does not hand on what goes wrong before it.
  file.on('error', (error) => unpacking.destroy(error));
  let left = from;
  try {
    for await (const piece of file.pipe(unpacking)) {
      const bytes = piece as Buffer;
      const here = Math.min(left, bytes.length);
      left -= here;
      if (here < bytes.length) yield { bytes: bytes.subarray(here), taken: unpacking.bytesWritten };
    }
  } catch (error) {
    throw unpackingProblem(error, unpacking.bytesWritten, size);
  } finally {
    file.destroy();
    unpacking.destroy();
  }
}

/** Why a packed file cannot be unpacked, as src/browser/recording-source.ts says it. */
function unpackingProblem(error: unknown, taken: number, size: number): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR')
    return new Error(`the gzip data ends too early: at byte ${size}, the end of the file`);
  if (code.startsWith('Z_'))
    return new Error(`the gzip data is broken at or before byte ${taken} of ${size}`);
  return error instanceof Error ? error : new Error(String(error));
}
