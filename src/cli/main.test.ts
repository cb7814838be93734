import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { kernelList } from '#kvm/kernels.ts';
import { parseProgram } from '#program/parse.ts';
import type { Report } from '#program/report.ts';
import { run } from '#program/runner.ts';

/** The command as people run it. The first call may have to bundle it. */

const command = join(import.meta.dirname, 'svmscope.mjs');
const folder = mkdtempSync(join(tmpdir(), 'svmscope-cli-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const story = {
  format: 'svmscope/program@1',
  title: 'L2 clears EFER.SVME',
  guest: { efer: ['LME', 'LMA', 'NX', 'SVME'] },
  code: {
    l1: [{ do: 'VMRUN' }, { do: 'END' }],
    l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }],
  },
  userspace: [{ do: 'KVM_RUN' }],
};
const good = file('good.json', JSON.stringify(story));
const talk = file(
  'talk.json',
  JSON.stringify({
    format: 'svmscope/talk@1',
    title: 'notes',
    stops: [{ at: 0, text: 'a' }],
    program: story,
  }),
);
const badTalk = file(
  'bad-talk.json',
  JSON.stringify({ format: 'svmscope/talk@1', title: 'notes', stops: [{ at: 0 }], program: story }),
);
const unknownKey = file('unknown-key.json', JSON.stringify({ ...story, colour: 'red' }));
const noJson = file('no-json.json', '{\n  "format": oops\n}');

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function svmscope(args: readonly string[], { input = '', env = {} }: Options = {}): Promise<Result> {
  const { npm_lifecycle_event: _event, INIT_CWD: _from, ...outer } = process.env;
  const options = { cwd: tmpdir(), env: { ...outer, ...env } };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/** What the model itself says, as the command prints it. */
function expected(kernels: string): unknown {
  const list = kernelList(kernels);
  const program = parseProgram(story);
  if (!list.ok || !program.ok) throw new Error('the story cannot be run');
  return JSON.parse(JSON.stringify(list.value.map((kernel) => run(kernel, program.value))));
}

beforeAll(async () => {
  await svmscope([]);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test(
  'run and record take a talk for its program, and say what is wrong with one',
  { timeout: 60_000 },
  async () => {
    const { status, stdout } = await svmscope(['run', talk, '--kernel', '7.1']);
    expect([status, JSON.parse(stdout)]).toEqual([0, expected('7.1')]);
    const bad = await svmscope(['run', badTalk, '--kernel', '7.1']);
    expect([bad.status, bad.stderr]).toEqual([2, 'svmscope: talk.stops[0].text: missing, a value\n']);
  },
);

describe('run', { timeout: 60_000, concurrent: true }, () => {
  test.each(['7.1', '7.1,6.12,7.0', 'all'])(
    '%s: an array of reports, in the order asked for',
    async (kernels) => {
      const { status, stdout, stderr } = await svmscope(['run', good, '--kernel', kernels]);
      expect([status, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toEqual(expected(kernels));
      expect((JSON.parse(stdout) as readonly Report[]).length).toBe(
        kernels === 'all' ? 5 : kernels.split(',').length,
      );
    },
  );

  test('reads standard input', async () => {
    const { status, stdout } = await svmscope(['run', '-', '--kernel', '7.1'], {
      input: JSON.stringify(story),
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(expected('7.1'));
  });

  test('takes options before the program', async () => {
    const { status, stdout } = await svmscope(['run', '--format', 'json', '--kernel', '7.1', good]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(expected('7.1'));
  });

  test('as text: each kernel, each step with its path, outcome and state', async () => {
    const { status, stdout, stderr } = await svmscope([
      'run',
      good,
      '--kernel',
      '7.0,7.1',
      '--format',
      'text',
    ]);
    expect([status, stderr]).toEqual([0, '']);
    const [plain, merged] = stdout.split('\n\n').map((text) => text.split('\n'));
    expect(plain?.[0]).toBe('7.0: L2 clears EFER.SVME');
    expect(plain).toContain('1 L2: WRMSR EFER SVME=0 (exit msr)');
    expect(plain).toContain('     breaks I14');
    expect(merged?.[0]).toBe('7.1: L2 clears EFER.SVME');
    expect(merged).toContain('  => KVM_EXIT_SHUTDOWN');
    expect(merged?.some((line) => /^ {4,}svm_set_efer\(\)$/.test(line))).toBe(true);
    expect(stdout.endsWith('\n') && !stdout.endsWith('\n\n')).toBe(true);
  });

  test('called by npm, takes file names from where the visitor stands', async () => {
    const env = { npm_lifecycle_event: 'svmscope', INIT_CWD: folder };
    expect((await svmscope(['run', 'good.json', '--kernel', '7.1'], { env })).status).toBe(0);
    expect((await svmscope(['run', 'good.json', '--kernel', '7.1'])).status).toBe(2);
  });
});

describe('unusable input or arguments', { timeout: 60_000, concurrent: true }, () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no command', [], /^arguments: unknown command ""/],
    ['an unknown command', ['fly'], /^arguments: unknown command "fly", one of run/],
    ['a command of JavaScript', ['toString'], /^arguments: unknown command "toString"/],
    ['no program', ['run', '--kernel', '7.0'], /^arguments: one program is needed/],
    ['two programs', ['run', good, good, '--kernel', '7.0'], /^arguments: one program is needed/],
    ['no kernel', ['run', good], /^--kernel: needed/],
    [
      'an unknown base',
      ['run', good, '--kernel', '5.4'],
      /^--kernel: unknown base "5\.4", one of 6\.12 7\.0 7\.1$/,
    ],
    ['one bad kernel of two', ['run', good, '--kernel', '7.0,7.0+v9'], /^--kernel: unknown patch "v9"/],
    [
      'a patch that does not apply',
      ['run', good, '--kernel', '7.0+gif'],
      /^--kernel: 7\.0\+gif: gif applies to 6\.12/,
    ],
    ['an empty kernel', ['run', good, '--kernel', ''], /^--kernel: unknown base ""/],
    [
      'an unknown format',
      ['run', good, '--kernel', '7.0', '--format', 'xml'],
      /^--format: unknown format "xml"/,
    ],
    ['an unknown option', ['run', good, '--kernal', '7.0'], /^--kernal: unknown option/],
    ['an option without its value', ['run', good, '--kernel'], /^--kernel: needs a value/],
    [
      'an option in place of a value',
      ['run', good, '--kernel', '--format', 'json'],
      /^--kernel: needs a value/,
    ],
    ['an option twice', ['run', good, '--kernel', '7.0', '--kernel', '7.1'], /^--kernel: given twice/],
    [
      'a file that is not there',
      ['run', join(folder, 'none.json'), '--kernel', '7.0'],
      /none\.json: ENOENT$/,
    ],
    ['a folder', ['run', folder, '--kernel', '7.0'], /: EISDIR$/],
    ['no JSON', ['run', noJson, '--kernel', '7.0'], /^line 2, column 13: /],
    ['an unknown key', ['run', unknownKey, '--kernel', '7.0'], /^colour: /],
    ['nothing at all', ['run', '-', '--kernel', '7.0'], /^line 1, column 1: /],
  ])('%s: one line, and nothing on standard output', async (_, args, words) => {
    const { status, stdout, stderr } = await svmscope(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^svmscope: [^\n]+: [^\n]+\n$/);
    expect(stderr.slice('svmscope: '.length, -1)).toMatch(words);
  });
});
