/**
 * Run the headless command: `npm run -s svmscope -- run PROGRAM.json`.
 *
 * Node does not read TypeScript, so bundle main.ts on first use and whenever a source has changed. The bundle's folder
 * is named after the state of all sources: a checkout of older files is seen as well as an edit.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { bundle } from './bundle.mjs';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/svmscope');
const folder = join(cache, fingerprint());
const main = join(folder, 'main.mjs');

/** Name the state of all that goes into the bundle. */
function fingerprint() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const path of [...sources, join(root, 'package-lock.json')].toSorted()) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Write the bundle beside its place, then move it there: of two commands started at once none finds half a bundle. */
async function makeBundle() {
  const draft = `${folder}.${process.pid}`;
  await bundle([join(root, 'src/cli/main.ts')], draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(main)) throw error;
  }
}

/** Remove what earlier sources left, sparing what a command started just now may still read. */
function tidy() {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (statSync(path).mtimeMs < hourAgo) rmSync(path, { recursive: true, force: true });
  }
}

if (!existsSync(main)) {
  try {
    mkdirSync(cache, { recursive: true });
    tidy();
    await makeBundle();
  } catch (error) {
    console.error(`svmscope: src/cli/main.ts: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(3);
  }
}

// npm runs its scripts in the project's folder; file names are relative to where the visitor stands.
if (process.env['npm_lifecycle_event'] === 'svmscope') process.chdir(process.env['INIT_CWD'] ?? '.');

await import(pathToFileURL(main).href);
