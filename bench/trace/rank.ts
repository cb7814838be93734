import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import type { Kernel } from '#kvm/kernel.ts';
import { kernelList } from '#kvm/kernels.ts';
import vocabulary from '#program/conformance/vocabulary.json';
import { alignAll, rankedKernelIds } from '#trace/align/rank.ts';
import type { Ranking } from '#trace/questions.ts';
import { readSeen } from '#trace/read-seen.ts';
import type { ByteSource } from '#trace/source.ts';

/** How the kernel of a recording fares among all that are ranked. */
export interface Fared {
  readonly name: string;
  readonly own: string;
  readonly ranking: Ranking;
  readonly milliseconds: number;
}

/** The kernel that a recording was made on: its file or folder is named after it, and a host of it may follow. */
const kernelOfName = (name: string): string => /\d+\.\d+(\+[a-z][a-z0-9]*)*/.exec(name)![0];

function kernels(): readonly Kernel[] {
  const found = kernelList(rankedKernelIds.join(','));
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

function sourceOf(folder: string, name: string): ByteSource {
  const file = readFileSync(join(folder, name));
  const bytes = new Uint8Array(name.endsWith('.gz') ? gunzipSync(file) : file);
  return {
    name,
    size: bytes.length,
    packed: false,
    async *open(from) {
      yield { bytes: bytes.subarray(from), taken: bytes.length };
    },
  };
}

/** Hold the recordings of a folder whose names fit against all kernels, one after the other. */
export async function* rankings(folder: string, fits: RegExp): AsyncGenerator<Fared> {
  const all = kernels();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.txt(\.gz)?$/.test(name) && fits.test(name))
    .toSorted();
  for (const name of names) {
    const from = performance.now();
    const ranking = await alignAll(readSeen(sourceOf(folder, name)), all, vocabulary);
    yield { name, own: kernelOfName(name), ranking, milliseconds: performance.now() - from };
  }
}
