/** Texts to read: lines that a tracer printed, again and again, in an order that a seed gives. */
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const fixtures = join(import.meta.dirname, '../../src/trace/fixtures/long');
const recordings = ['L01-long-vmmcall-switches-6.12', 'L04-long-mixed-lifecycle-6.12', 'state_test-6.12'];

/** @param {string} name */
export const fixture = (name) => gunzipSync(readFileSync(join(fixtures, `${name}.txt.gz`)));

/** The largest recording as it is, its path. @param {string} folder */
export function realText(folder) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'real.txt');
  const file = openSync(path, 'w');
  writeSync(file, fixture('L04-long-mixed-lifecycle-6.12'));
  closeSync(file);
  return path;
}

/**
 * Stretches of real lines, so many MB of them: the path of the file.
 * @param {string} folder
 * @param {number} megabytes
 */
export function syntheticText(folder, megabytes) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${megabytes}.txt`);
  const lines = recordings.flatMap((name) => fixture(name).toString().split('\n').slice(20, -1));
  const file = openSync(path, 'w');
  let state = 1;
  for (let written = 0; written < megabytes * 1e6;) {
    // The constants of Numerical Recipes' quick generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const from = state % lines.length;
    const text = `${lines.slice(from, from + 5000).join('\n')}\n`;
    written += writeSync(file, text);
  }
  closeSync(file);
  return path;
}
