/**
 * Read broken mails and diffs, tie and recognise them: `node bench/source/fuzz-patches.mjs [COUNT] [SEED]`.
 *
 * Exit status 1 where one breaks the reader, or is read as something that its text does not say.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { bundle, bundledAddress } from '../../src/cli/bundle.mjs';

/** @import { fuzzPatches } from '../../src/source/patch/fuzz.testing.ts' */

const root = join(import.meta.dirname, '../..');
const folder = join(root, `node_modules/.cache/bench-source.${process.pid}`);
const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);

const entry = join(root, 'src/source/patch/fuzz.testing.ts');
await bundle([entry], folder);
try {
  /** @type {{ fuzzPatches: typeof fuzzPatches }} */
  const fuzz = await import(bundledAddress(entry, folder));
  const start = performance.now();
  const { wrong, opened } = await fuzz.fuzzPatches(seed, count);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  for (const line of wrong) console.log(line);
  console.log(`${count} inputs from seed ${seed}, ${opened} read, ${wrong.length} wrong, ${seconds} s`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
