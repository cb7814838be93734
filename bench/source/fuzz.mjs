/**
 * Break C at random and read it: `node bench/source/fuzz.mjs [COUNT] [SEED]`, 100000 inputs unless told otherwise.
 * The exit status is 1, with the input, if one crashes the parser or if what is found cannot be in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundle, bundledAddress } from '../../src/cli/bundle.mjs';

const [count = '100000', seed = '1'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'svmscope-fuzz.'));
/** Inputs of one seed. */
const batch = 1000;

try {
  const entry = join(import.meta.dirname, '../../src/source/c/fuzz.testing.ts');
  await bundle([entry], folder);
  /** @type {typeof import('../../src/source/c/fuzz.testing.ts')} */
  const { fuzzC } = await import(bundledAddress(entry, folder));
  const begun = performance.now();
  let [functions, ties, longest] = [0, 0, 0];
  for (let done = 0; done < Number(count); done += batch) {
    const from = performance.now();
    const found = fuzzC(Number(seed) + done, Math.min(batch, Number(count) - done));
    functions += found.functions;
    ties += found.ties;
    longest = Math.max(longest, performance.now() - from);
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `${count} inputs, ${functions} functions, ${ties} ties, ${seconds.toFixed(1)} s; the slowest ${batch} took ${(longest / 1000).toFixed(2)} s`,
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
