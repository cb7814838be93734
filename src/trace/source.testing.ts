import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import type { ByteSource } from './source.ts';

/** Bytes in memory as a source, in chunks of a size. */
export function bytesSource(bytes: Uint8Array, chunk = 1 << 16): ByteSource {
  return {
    name: 'test',
    size: bytes.length,
    packed: false,
    async *open(from) {
      for (let at = from; at < bytes.length; at += chunk) {
        const end = Math.min(at + chunk, bytes.length);
        yield { bytes: bytes.subarray(at, end), taken: end };
      }
    },
  };
}

export const textSource = (text: string, chunk?: number): ByteSource =>
  bytesSource(new TextEncoder().encode(text), chunk);

/** Packed bytes as a source: what cannot be unpacked is said with its file. */
export function gzipSource(bytes: Uint8Array): ByteSource {
  return {
    name: 'test.gz',
    size: bytes.length,
    packed: true,
    async *open(from) {
      const unpacked = Readable.from([bytes]).pipe(createGunzip());
      let at = 0;
      try {
        for await (const part of unpacked) {
          const chunk = new Uint8Array(part as Buffer);
          const rest = chunk.subarray(Math.max(0, from - at));
          at += chunk.length;
          if (rest.length > 0) yield { bytes: rest, taken: bytes.length };
        }
      } catch (error) {
        throw new Error(`test.gz: cannot be unpacked after byte ${at} of its text: ${String(error)}`, {
          cause: error,
        });
      }
    },
  };
}

/** Recordings of a folder, text or packed. */
export function recordingsIn(
  folder: string,
): readonly { readonly name: string; readonly read: () => Uint8Array }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.txt(\.gz)?$/.test(name))
    .toSorted()
    .map((name) => ({
      name: name.replaceAll('\\', '/'),
      read: () => {
        const bytes = readFileSync(join(folder, name));
        return new Uint8Array(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
      },
    }));
}

/** The recordings that ship with the project, as tracers printed them. */
export const fixtures = recordingsIn(join(import.meta.dirname, 'fixtures'));

export function fixture(name: string): Uint8Array {
  const found = fixtures.find((one) => one.name === `${name}.txt.gz`);
  if (!found) throw new Error(`no recording ${name}`);
  return found.read();
}
