/**
 * Hold recordings against every kernel that is ranked: `npm run bench:rank [-- FOLDER [PATTERN]]`.
 *
 * FOLDER holds recordings, the shipped ones where none is given; PATTERN is a regular expression on their names. Each
 * is to be explained by the kernel that it was made on, its own, with nothing impossible or undecided, and by no other kernel better:
 * if not, the exit status is 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundle, bundledAddress } from '../../src/cli/bundle.mjs';

const root = join(import.meta.dirname, '../..');
const out = mkdtempSync(join(tmpdir(), 'svmscope-bench-rank-'));
const [folder = join(root, 'src/trace/fixtures'), pattern = ''] = process.argv.slice(2);

const entry = join(import.meta.dirname, 'rank.ts');
await bundle([entry], out);

/** @type {typeof import('./rank.ts')} */
const { rankings } = await import(bundledAddress(entry, out));
rmSync(out, { recursive: true });

let recordings = 0;
let missed = 0;
let alone = 0;
console.log(
  'recording: place of its kernel, impossible, undecided and assumed there, seconds for all kernels; ties',
);
for await (const { name, own, ranking, milliseconds } of rankings(folder, new RegExp(pattern))) {
  const found = ranking.kernels.find(({ kernel }) => kernel === own);
  const first = ranking.kernels.filter(({ place }) => place === 1).map(({ kernel }) => kernel);
  const isMissed = !found || found.place !== 1 || found.impossible + found.undecided > 0;
  recordings += 1;
  if (isMissed) missed += 1;
  else if (first.length === 1) alone += 1;
  const fare = found
    ? `${found.place}, ${found.impossible}, ${found.undecided}, ${found.assumed}`
    : `${own} is not ranked`;
  const others = first.filter((kernel) => kernel !== own).join(' ');
  console.log(`${isMissed ? 'MISS ' : ''}${name}: ${fare}, ${(milliseconds / 1000).toFixed(1)} s; ${others}`);
}
console.log(
  `${recordings} recordings: ${missed} missed, ${alone} with their own kernel alone at place 1, the others tied with those named`,
);
process.exitCode = missed > 0 ? 1 : 0;
