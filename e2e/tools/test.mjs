/**
 * Run everything that checks the project: `npm test`.
 *
 * A part that fails does not stop the others. The last line says `N passed, N failed`, summed over the unit and the
 * end-to-end tests; a part that fails without naming a failed test counts as one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { findBrowser } from './browser.mjs';
import { run } from './run.mjs';

/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts
 * @typedef {{ readonly name: string, readonly ok: boolean, readonly seconds: number, readonly counts?: Counts }} Outcome
 */

const root = join(import.meta.dirname, '../..');
const reports = mkdtempSync(join(tmpdir(), 'svmscope-test-'));
const unitReport = join(reports, 'unit.json');
const pageReport = join(reports, 'page.json');

process.chdir(root);
process.env['PATH'] = join(root, 'node_modules/.bin') + delimiter + process.env['PATH'];
process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = pageReport;

/** @type {Outcome[]} */
const outcomes = [];

/**
 * Run one part and note how it went.
 * @param {string} name
 * @param {() => Promise<number | null>} work
 * @param {() => Counts} [count]
 */
async function part(name, work, count) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const status = await work();
  const seconds = (performance.now() - start) / 1000;
  const counts = count === undefined ? undefined : counted(count);
  const ok = status === 0 && (counts === undefined || (counts.passed > 0 && counts.failed === 0));
  outcomes.push({ name, ok, seconds, ...(counts === undefined ? {} : { counts }) });
}

/**
 * Count what a report holds; a runner that broke down leaves none.
 * @param {() => Counts} count
 */
function counted(count) {
  try {
    return count();
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** @param {string} path */
const readReport = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @returns {Counts} */
function unitCounts() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(unitReport);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** @returns {Counts} */
function pageCounts() {
  const { expected, unexpected, flaky, skipped } = readReport(pageReport).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

async function testPage() {
  try {
    process.env['E2E_BROWSER'] = await findBrowser();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  return run('playwright', ['test', '-c', 'e2e', '--reporter=list,json']);
}

await part('types', () => run('tsc', ['-b']));
await part('lint', () => run('oxlint', ['.']));
await part('format', () => run('oxfmt', ['--check', '.']));
await part('unused', () => run('knip', []));
await part(
  'unit tests',
  () => run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]),
  unitCounts,
);
await part('build', () => run('vite', ['build']));
await part('build one file', () => run('vite', ['build', '--mode', 'file']));
await part('end-to-end tests', testPage, pageCounts);
rmSync(reports, { recursive: true });

console.log('');
for (const { name, ok, seconds, counts } of outcomes) {
  const tests = counts === undefined ? '' : `${counts.passed} passed, ${counts.failed} failed`;
  console.log(
    `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${tests}`.trimEnd(),
  );
}

/** @param {keyof Counts} key */
const sum = (key) => outcomes.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
const silent = outcomes.filter(({ ok, counts }) => !ok && (counts?.failed ?? 0) === 0).length;
const failed = sum('failed') + silent;
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${failed} failed${skipped}`);
process.exitCode = failed === 0 ? 0 : 1;
