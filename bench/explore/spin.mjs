/**
 * The same space by Spin: make the verifier of nsvm.pml for a kernel, run it, read what it found.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const model = join(import.meta.dirname, 'nsvm.pml');

/** What selects a kernel in the model. */
const defines = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  '7.0': [],
  '7.0+v1': ['-DV1'],
  '7.0+v2': ['-DV2'],
});

/** Search the whole space, whatever breaks on the way. */
const exhaustive = '-c0';

/** A hash table that fits the space: 2^14 slots. The usual 2^24 take longer to clear than the search takes. */
const fitting = [exhaustive, '-w14'];

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
function run(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || stdout}`);
  return stdout;
}

/** Name what is missing to use Spin; undefined where nothing is. */
export function missing() {
  return ['spin', 'gcc'].find((program) => spawnSync(program, ['--version']).error !== undefined);
}

/**
 * Time a piece of work, in milliseconds.
 * @param {() => void} work
 */
function timed(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/**
 * Run a program over and over in one shell, the output unread: milliseconds of one run, the median of five rounds.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {number} times
 */
function perRun(program, args, times) {
  const loop = 'n=$1; shift; while [ $n -gt 0 ]; do "$@" >/dev/null; n=$((n-1)); done';
  const round = () => timed(() => run('sh', ['-c', loop, 'sh', String(times), program, ...args])) / times;
  return Array.from({ length: 5 }, round).toSorted((left, right) => left - right)[2] ?? 0;
}

/**
 * Read a number in what the verifier printed.
 * @param {string} text
 * @param {RegExp} pattern
 */
function numberIn(text, pattern) {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`pan printed no ${String(pattern)}:\n${text}`);
  return Number(found);
}

/**
 * Take off what is Spin's own: the state before the choice of a setup, which it counts as a transition too, and the
 * three choices. An error that is no invariant's stands among the broken ones by its text.
 * @param {string} text what pan printed
 */
function answerIn(text) {
  const errors = [...text.matchAll(/^pan:\d+: (?:assertion violated )?(.*) \(at depth/gm)];
  const broken = [...new Set(errors.map(([, what]) => what ?? ''))];
  return {
    states: numberIn(text, /(\d+) states, stored/) - 1,
    transitions: numberIn(text, /(\d+) transitions/) - 4,
    broken: broken.toSorted((left, right) => left.localeCompare(right, 'en', { numeric: true })),
  };
}

/**
 * Run the verifier once to read what it finds, and often to see how long it takes.
 * @param {string} pan
 * @param {readonly string[]} args
 * @param {number} times
 */
function search(pan, args, times) {
  const text = run(pan, args);
  return {
    answer: answerIn(text),
    memory: numberIn(text, /([\d.]+)\s+total actual memory usage/) * 2 ** 20,
    run: perRun(pan, args, times),
  };
}

/**
 * Make the verifier of a kernel, run it and time both.
 * @param {string} kernel
 */
export function measureSpin(kernel) {
  const folder = mkdtempSync(join(tmpdir(), 'nsvm-'));
  try {
    const spin = timed(() => run('spin', ['-a', ...(defines[kernel] ?? []), model], folder));
    const gcc = timed(() => run('gcc', ['-O2', '-DSAFETY', '-o', 'pan', 'pan.c'], folder));
    const pan = join(folder, 'pan');
    return {
      spin,
      gcc,
      /** What pan itself says that a search takes: it counts in ticks of 10 ms. */
      own: numberIn(run(pan, fitting), /elapsed time ([\d.]+) seconds/) * 1000,
      /** A process that only prints its version. */
      idle: perRun(pan, ['-V'], 200),
      fitting: search(pan, fitting, 200),
      usual: search(pan, [exhaustive], 10),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
