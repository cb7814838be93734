/**
 * Tie the model to the source of a kernel: `node bench/source/tie.mjs TREE [KERNEL]`.
 *
 * TREE is a Linux tree, such as that of Debian's linux-source-6.12, unpacked wherever there is room:
 *
 *     apt-get install --no-install-recommends linux-source-6.12 xz-utils
 *     tar -xf /usr/src/linux-source-6.12.tar.xz
 *
 * KERNEL is one of the model, 6.12 where none is named. Prints how many functions and nodes find their lines, where
 * source and model disagree, and which kernel of the model the tree fits. The exit status is 1 if a function of the
 * kernel is not found, or if a tie cannot be right: lines outside their
 * function, or that do not name what the node names, or on 6.12 a function elsewhere than
 * src/kvm/bases/lines-6.12.ts knows it.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { bundle, bundledAddress } from '../../src/cli/bundle.mjs';

const [given, kernel = '6.12'] = process.argv.slice(2);
if (given === undefined || !existsSync(join(given, 'arch/x86/kvm'))) {
  console.error(`tie.mjs: TREE: ${given ?? 'missing'}: name a Linux tree with arch/x86/kvm in it`);
  process.exit(2);
}
const tree = resolve(given);
const folder = mkdtempSync(join(tmpdir(), 'svmscope-source.'));

/** @returns {Promise<typeof import('./measure.ts')>} */
async function bundled() {
  const entry = join(import.meta.dirname, 'measure.ts');
  await bundle([entry], folder);
  return /** @type {typeof import('./measure.ts')} */ (await import(bundledAddress(entry, folder)));
}

/**
 * The files of the tree that the page would read, were it dropped there.
 * @param {Pick<typeof import('./measure.ts'), 'isOnTheWay' | 'isWanted'>} page
 * @returns {{ name: string, text: string }[]}
 */
function filesOf({ isOnTheWay, isWanted }, path = '') {
  return readdirSync(join(tree, path), { withFileTypes: true }).flatMap((entry) => {
    const name = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return isOnTheWay(entry.name) ? filesOf({ isOnTheWay, isWanted }, name) : [];
    return isWanted(name) ? [{ name, text: readFileSync(join(tree, name), 'utf8') }] : [];
  });
}

/** @param {number} ms */
const inMs = (ms) => `${ms.toFixed(0)} ms`;

try {
  const page = await bundled();
  const files = filesOf(page);
  const { tied, missing, disagree, fits, wrong, times } = page.measure(files, kernel);
  const bytes = files.reduce((total, { text }) => total + text.length, 0);
  console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, read in ${inMs(times.read)}`);
  console.log(
    `${tied.length} of ${tied.length + missing.length} functions of ${kernel} found, tied in ${inMs(times.tying)}; the longest is ${times.slowest.name}(), ${inMs(times.slowest.ms)}`,
  );
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  /** @param {string} kind @param {string} how */
  const count = (kind, how) => {
    const row = counts.get(kind) ?? new Map();
    counts.set(kind, row.set(how, (row.get(how) ?? 0) + 1));
  };
  for (const { fn, ties, untied } of tied) {
    for (const { node, how } of ties.values()) count(node.kind, how);
    for (const [id, why] of untied) count(page.kindOf(fn, id) ?? '', why);
  }
  const columns = ['sure', 'order', 'apart', 'told in words', 'done by the processor', 'not in the source'];
  console.log(`\n| nodes | ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length + 1)}`);
  for (const [kind, row] of counts)
    console.log(`| ${kind} | ${columns.map((how) => row.get(how) ?? 0).join(' | ')} |`);
  console.log();
  for (const { fn, source, ties, untied } of tied) {
    for (const { node, how, from, source: at } of ties.values())
      if (how !== 'sure') console.log(`${fn.name}(): ${how}: "${node.id}" at ${at.file}:${from}`);
    for (const [id, why] of untied)
      if (why === 'not in the source') console.log(`${fn.name}(): not in ${source.file}: "${id}"`);
  }
  console.log(`\n${disagree.length} disagreements`);
  for (const { fn, line, words } of disagree) console.log(`${fn}():${line ?? '?'}: ${words}`);
  console.log(`\nkernels of the model by places that do not fit, found in ${inMs(times.fitting)}`);
  for (const { kernel: id, places, functions } of fits)
    console.log(`${id}: ${places}${functions.length > 0 ? ` in ${functions.join(', ')}` : ''}`);
  for (const { name } of missing) console.error(`not found: ${name}()`);
  for (const one of wrong) console.error(`WRONG: ${one}`);
  if (missing.length + wrong.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
