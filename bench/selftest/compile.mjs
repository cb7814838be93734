/**
 * Compile the selftest drafts against the KVM selftests' own library: `node bench/selftest/compile.mjs TREE`.
 *
 * TREE is a Linux tree, such as that of Debian's linux-source-6.12, unpacked wherever there is room:
 *
 *     apt-get install --no-install-recommends linux-source-6.12 gcc libc6-dev make xz-utils
 *     tar -xf /usr/src/linux-source-6.12.tar.xz
 *
 * Its headers and library are built in place, by its own makefiles. Every draft is compiled with the very flags that
 * the makefile gives, and linked with the library; nothing is run. The exit status is 1 if one fails or warns.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { bundle, bundledAddress } from '../../src/cli/bundle.mjs';

/** @import { Draft } from './drafts.ts' */

const [given] = process.argv.slice(2);
if (given === undefined || !existsSync(join(given, 'tools/testing/selftests/kvm'))) {
  console.error(
    `compile.mjs: TREE: ${given ?? 'missing'}: name a Linux tree with tools/testing/selftests/kvm in it`,
  );
  process.exit(2);
}
const tree = resolve(given);
const selftests = join(tree, 'tools/testing/selftests/kvm');
const folder = mkdtempSync(join(tmpdir(), 'svmscope-selftest.'));

/** A test of the tree whose commands are taken over. */
const model = 'x86_64/svm_nested_shutdown_test';

/** Programs at random beside the scenarios, the same ones each time. */
const seed = 20260204;
const count = 100;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** @param {readonly string[]} args */
function make(args, cwd = selftests) {
  const made = run('make', ['ARCH=x86', ...args], cwd);
  if (made.status !== 0) throw new Error(`make ${args.join(' ')} in ${cwd}:\n${made.stderr.slice(-2000)}`);
  return made.stdout;
}

/** @param {string | undefined} line */
const words = (line) => (line ?? '').trim().split(/\s+/);

/** The makefile's commands that compile and link a test, as words: from the library's build, with the model's names. */
function commands() {
  if (!existsSync(join(tree, 'usr/include/linux/kvm.h'))) make(['headers'], tree);
  const target = join(selftests, model);
  make(['-j2', target]);
  const lines = make(['-nB', target]).split('\n');
  return {
    compile: words(lines.find((line) => line.includes(` -c ${model}.c `))),
    link: words(lines.find((line) => line.includes(`-o ${target}`) && !line.includes(' -c '))),
  };
}

/**
 * Compile and link one draft.
 * @param {{ compile: readonly string[], link: readonly string[] }} commands
 * @param {string} text
 * @returns {{ failure: string | undefined, warnings: number }}
 */
function compiled({ compile, link }, text) {
  const source = join(folder, 'draft.c');
  const object = join(folder, 'draft.o');
  const program = join(folder, 'draft');
  writeFileSync(source, text);
  const renamed = (/** @type {string} */ word) => {
    if (word === `${model}.c`) return source;
    if (word === join(selftests, `${model}.o`)) return object;
    return word === join(selftests, model) ? program : word;
  };
  let warnings = 0;
  for (const [command, ...args] of [compile, link]) {
    const { status, stderr } = run(command ?? 'gcc', args.map(renamed), selftests);
    warnings += stderr.split('\n').filter((line) => line.includes('warning:')).length;
    if (status !== 0) return { failure: stderr.slice(0, 2000), warnings };
  }
  return { failure: undefined, warnings };
}

/** @returns {Promise<typeof import('./drafts.ts')>} */
async function bundled() {
  const entry = join(import.meta.dirname, 'drafts.ts');
  await bundle([entry], folder);
  return /** @type {typeof import('./drafts.ts')} */ (await import(bundledAddress(entry, folder)));
}

/**
 * @param {Draft} draft
 * @param {ReturnType<typeof compiled> | undefined} result
 */
function verdict({ unexpressed }, result) {
  if (!result) return `inexpressible: ${unexpressed.join('; ')}`;
  if (result.failure !== undefined) return `FAILED: ${result.failure.split('\n')[0]}`;
  const warned = result.warnings === 0 ? '' : `, ${result.warnings} WARNINGS`;
  return `compiled and linked${warned}${unexpressed.length === 0 ? '' : `; not expressed: ${unexpressed.join('; ')}`}`;
}

/**
 * @param {string} title
 * @param {readonly { draft: Draft, result: ReturnType<typeof compiled> | undefined }[]} all
 */
function sum(title, all) {
  const made = all.filter(({ result }) => result);
  const failed = made.filter(({ result }) => result?.failure !== undefined);
  const whole = made.filter(({ draft }) => draft.unexpressed.length === 0);
  const warnings = made.reduce((total, { result }) => total + (result?.warnings ?? 0), 0);
  console.log(
    `${title}: ${all.length} drafts asked for, ${made.length - failed.length} compiled and linked (${whole.length} whole), ${all.length - made.length} said to be inexpressible, ${failed.length} failed, ${warnings} warnings`,
  );
  return failed.length + warnings;
}

try {
  const gcc = commands();
  const { exploredDrafts, randomDrafts, scenarioDrafts } = await bundled();
  const done = (/** @type {readonly Draft[]} */ drafts) =>
    drafts.map((draft) => ({
      draft,
      result: draft.text === undefined ? undefined : compiled(gcc, draft.text),
    }));
  const ofScenarios = done(scenarioDrafts());
  console.log('| scenario | kernel | draft |\n| --- | --- | --- |');
  for (const { draft, result } of ofScenarios)
    console.log(`| ${draft.name} | ${draft.kernel} | ${verdict(draft, result)} |`);
  const others = {
    'witnesses of the explorer': exploredDrafts(),
    'programs at random': randomDrafts(seed, count),
  };
  console.log();
  let bad = sum('scenarios', ofScenarios);
  for (const [title, drafts] of Object.entries(others)) {
    const results = done(drafts);
    for (const { draft, result } of results)
      if (result?.failure !== undefined) console.error(`${draft.name} on ${draft.kernel}: ${result.failure}`);
    bad += sum(title, results);
  }
  for (const { draft, result } of ofScenarios)
    if (result?.failure !== undefined) console.error(`${draft.name} on ${draft.kernel}: ${result.failure}`);
  if (bad > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
