/**
 * Read recordings in a worker of Chromium and compare: `npm run bench:trace [-- MB ...]`.
 *
 * Ours beside reading alone, a regular expression a line, and `grep -c`. All must count the same exits: if not, the exit
 * status is 1. Memory is the peak of the renderer's process. On a machine that others use compare the processor time. Then 100,000 hostile texts, by both readers.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from '@playwright/test';
import { build } from 'vite';

import { findBrowser, launchOptions } from '../../e2e/tools/browser.mjs';
import { realText, syntheticText } from './texts.mjs';

/** @import { Answer, Asked } from './worker.ts' */

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'svmscope-bench-trace-'));
const sizes = process.argv.slice(2).map(Number);
const wanted = sizes.length > 0 ? sizes : [200, 1000];

/** @type {readonly Asked['way'][]} */
const ways = ['reading alone', 'a regular expression a line', 'ours'];

async function workerCode() {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: {
      outDir: join(folder, 'out'),
      rolldownOptions: {
        input: join(import.meta.dirname, 'worker.ts'),
        output: { entryFileNames: 'worker.js' },
      },
    },
  });
  return readFileSync(join(folder, 'out/worker.js'), 'utf8');
}

/** Every process below one. @param {number} pid @returns {readonly number[]} */
function below(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(/\) \S (\d+)/.exec(textOf(`/proc/${name}/stat`))?.[1]),
    }));
  const children = parents.filter(({ parent }) => parent === pid).map((child) => child.pid);
  return children.flatMap((child) => [child, ...below(child)]);
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Processes of pages. @param {number} browser */
const renderers = (browser) =>
  below(browser).filter((pid) => textOf(`/proc/${pid}/cmdline`).includes('--type=renderer'));

/** The peak of the renderer that took most, in MB. @param {number} browser */
function peak(browser) {
  const peaks = renderers(browser).map((pid) =>
    Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0),
  );
  return Math.max(...peaks) / 1024;
}

/**
 * Seconds that the worker had a processor, and all other threads of pages, compiling and collecting garbage.
 * @param {number} browser
 */
function spent(browser) {
  let [worker, others] = [0, 0];
  for (const pid of renderers(browser)) {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const seconds = Number(textOf(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e9;
      if (textOf(`/proc/${pid}/task/${thread}/comm`).startsWith('DedicatedWorker')) worker += seconds;
      else others += seconds;
    }
  }
  return { worker, others };
}

/**
 * @param {string} url
 * @param {string} path
 * @param {Asked['way']} way
 * @returns {Promise<Answer & ReturnType<typeof spent> & { readonly memory: number }>}
 */
async function measure(url, path, way) {
  const server = await chromium.launchServer(launchOptions(await found));
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('input').setInputFiles(path);
  const before = spent(server.process().pid ?? 0);
  const answer = await page.evaluate(
    (asked) =>
      new Promise((resolve) => {
        const worker = new Worker('worker.js', { type: 'module' });
        worker.addEventListener('message', ({ data }) => resolve(data));
        worker.postMessage({ file: document.querySelector('input')?.files?.[0], way: asked }, []);
      }),
    way,
  );
  const pid = server.process().pid ?? 0;
  const [memory, after] = [peak(pid), spent(pid)];
  await browser.close();
  await server.close();
  const [worker, others] = [after.worker - before.worker, after.others - before.others];
  return { .../** @type {Answer} */ (answer), memory, worker, others };
}

/** @param {string} path @returns {Answer} */
function grep(path) {
  const begun = performance.now();
  const { stdout } = spawnSync('grep', ['-c', ' kvm_exit: ', path], { encoding: 'utf8' });
  return { ms: performance.now() - begun, exits: Number(stdout) };
}

/** @param {string} url @param {string} path */
async function compare(url, path) {
  const bytes = statSync(path).size;
  const rate = (/** @type {number} */ ms) => (bytes / 1e3 / ms).toFixed(0);
  const counted = grep(path);
  console.log(`\n${(bytes / 1e6).toFixed(1)} MB, ${counted.exits} exits\n`);
  console.log('| means | MB/s | processor time | peak memory, MB |\n| --- | ---: | ---: | ---: |');
  console.log(`| grep -c | ${rate(counted.ms)} | | |`);
  for (const way of ways) {
    const { ms, exits, memory, worker, others } = await measure(url, path, way);
    const cells = [way, rate(ms), `worker ${worker.toFixed(2)} s, others ${others.toFixed(2)} s`];
    console.log(`| ${cells.join(' | ')} | ${memory.toFixed(0)} |`);
    if (exits !== undefined && exits !== counted.exits) {
      console.error(`${way} counts ${exits} exits`);
      process.exitCode = 1;
    }
  }
}

const found = findBrowser();
const code = await workerCode();
const server = createServer(({ url }, response) => {
  const script = url === '/worker.js';
  response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  response.end(script ? code : '<!doctype html><title>bench</title><input type="file">');
});
await new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(undefined));
});
const address = server.address();
const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
try {
  await compare(url, realText(folder));
  for (const megabytes of wanted) {
    const path = syntheticText(folder, megabytes);
    await compare(url, path);
    rmSync(path);
  }
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
const fuzz = spawnSync('npx', ['vitest', 'run', 'src/trace/index/fuzz'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SVMSCOPE_FUZZ: '100000' },
});
process.exitCode ||= fuzz.status ?? 1;
