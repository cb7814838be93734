import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vocabulary } from '#program/conformance/compare.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import type { Alignment } from '../questions.ts';
import { readSeen } from '../read-seen.ts';
import type { Seen } from '../seen.ts';
import { bytesSource, fixtures } from '../source.testing.ts';
import { Aligner } from './aligner.ts';
import type { StepHeld } from './vcpu-aligner.ts';

export const vocabulary = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../program/conformance/vocabulary.json'), 'utf8'),
) as Vocabulary;

/** What the lines of a shipped recording say. */
export async function seenIn(name: string): Promise<readonly Seen[]> {
  const found = fixtures.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`no recording ${name}`);
  const seen: Seen[] = [];
  for await (const batch of readSeen(bytesSource(found.read()))) seen.push(...batch);
  return seen;
}

export function align(seen: readonly Seen[], kernel: string, onStep?: (held: StepHeld) => void): Alignment {
  const aligner = new Aligner(kernelOf(kernel), vocabulary, onStep);
  for (const one of seen) aligner.push(one);
  return aligner.finish();
}
