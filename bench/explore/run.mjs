/**
 * Explore one and the same space by three means and compare: `node bench/explore/run.mjs`.
 *
 * Ours, Spin on a model written by hand, and xstate/graph over the statechart. The counts of states and transitions and
 * the verdicts must be equal: if not, the exit status is 1.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { bundle, bundledAddress } from '../../src/cli/bundle.mjs';

import { measureSpin, missing } from './spin.mjs';
import { table } from './table.mjs';

/** @import { Timed } from './ours.ts' */
/** @import { Row } from './table.mjs' */

const root = join(import.meta.dirname, '../..');
const folder = join(root, `node_modules/.cache/bench-explore.${process.pid}`);
const kernels = ['7.0', '7.0+v1', '7.0+v2'];

const entries = ['ours', 'chart-graph', 'once'].map((name) => join(import.meta.dirname, `${name}.ts`));

/** @param {string} name */
const bundled = (name) => import(bundledAddress(name, folder));

/**
 * One exploration in each of several fresh processes: the median by what the whole process took.
 * @param {string} kernel
 */
function coldRun(kernel) {
  const runs = Array.from({ length: 9 }, () => {
    const begun = performance.now();
    const { stdout } = spawnSync(process.execPath, [join(folder, 'once.mjs'), kernel], { encoding: 'utf8' });
    const whole = performance.now() - begun;
    const once = /** @type {Omit<Timed, 'prepare'>} */ (JSON.parse(stdout));
    return { ...once, prepare: whole - once.run };
  });
  return runs.toSorted((left, right) => left.prepare + left.run - right.prepare - right.run)[4];
}

/**
 * @param {typeof import('./ours.ts')} ours
 * @param {string} kernel
 * @returns {readonly Row[]}
 */
function rowsOfOurs(ours, kernel) {
  const fresh = coldRun(kernel);
  if (!fresh) throw new Error('no process explored');
  return [
    { means: 'ours, space known', kernel, ...ours.measureReduced(kernel) },
    { means: 'ours, fresh process', kernel, ...fresh },
    { means: 'ours, `check` with witnesses', kernel, ...ours.measureReducedCheck(kernel) },
  ];
}

/**
 * @param {string} kernel
 * @returns {{ readonly rows: readonly Row[], readonly note: string }}
 */
function rowsOfSpin(kernel) {
  const { spin, gcc, own, idle, fitting, usual } = measureSpin(kernel);
  const common = { kernel, prepare: spin + gcc };
  const less = { ...fitting, run: fitting.run - idle };
  return {
    rows: [
      { means: 'Spin, `pan -w14`', ...common, ...fitting },
      { means: 'Spin, `pan -w14` less the start of a process', ...common, ...less },
      { means: 'Spin, `pan` as it comes, -w24', ...common, ...usual },
    ],
    note: `${kernel}: spin -a ${spin.toFixed(0)} ms, gcc ${gcc.toFixed(0)} ms, the start of a process ${idle.toFixed(2)} ms; pan itself says that it took ${own.toFixed(0)} ms, in ticks of 10`,
  };
}

/**
 * @param {typeof import('./chart-graph.ts')} graph
 * @param {string} kernel
 * @returns {Row}
 */
function rowOfGraph(graph, kernel) {
  return { means: 'xstate/graph, `getAdjacencyMap`', kernel, ...graph.measureGraph(kernel) };
}

/** @param {Row} row */
const answered = ({ answer: { states, transitions, broken } }) => `${states} ${transitions} ${broken.join()}`;

/**
 * Say where an answer differs from ours.
 * @param {readonly Row[]} rows all of one kernel, ours first
 */
function differences(rows) {
  const [first, ...others] = rows;
  return others
    .filter((row) => first && answered(row) !== answered(first))
    .map((row) => `${row.kernel}: ${row.means} differs from ours`);
}

await bundle(entries, folder);
try {
  const ours = /** @type {typeof import('./ours.ts')} */ (await bundled('ours'));
  const graph = /** @type {typeof import('./chart-graph.ts')} */ (await bundled('chart-graph'));
  const lacking = missing();
  if (lacking !== undefined) console.log(`Spin is left out: ${lacking} is not installed.\n`);
  const notes = [];
  const groups = [];
  for (const kernel of kernels) {
    const rows = [...rowsOfOurs(ours, kernel)];
    if (lacking === undefined) {
      const spin = rowsOfSpin(kernel);
      rows.push(...spin.rows);
      notes.push(spin.note);
    }
    rows.push(rowOfGraph(graph, kernel));
    groups.push(rows);
  }
  const standard = kernels.map((kernel) => ({
    means: 'ours, `check` within the standard bounds',
    kernel,
    ...ours.measureStandard(kernel),
  }));
  console.log(table(groups, standard));
  for (const note of notes) console.log(`- ${note}`);
  const different = groups.flatMap(differences);
  for (const line of different) console.error(line);
  if (different.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
