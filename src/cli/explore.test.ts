import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { parseProgram } from '#program/parse.ts';
import { run } from '#program/runner.ts';

/** `check` and `diff` as people run them. */

const command = join(import.meta.dirname, 'svmscope.mjs');

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function svmscope(...args: readonly string[]): Promise<Result> {
  const { npm_lifecycle_event: _event, INIT_CWD: _from, ...env } = process.env;
  return new Promise((resolve) => {
    const options = { cwd: tmpdir(), env, maxBuffer: 1 << 24 };
    execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

/** The program of a witness, read as the command reads one. */
function programOf(witness: unknown) {
  const parsed = parseProgram(witness);
  if (!parsed.ok) throw new Error('a witness is no program');
  return parsed.value;
}

interface Check {
  readonly format: string;
  readonly kernels: readonly {
    readonly kernel: string;
    readonly states: number;
    readonly transitions: number;
    readonly invariants: readonly {
      readonly id: string;
      readonly statement: string;
      readonly verdict: string;
      readonly witness: unknown;
      readonly step?: number;
    }[];
  }[];
}

interface Diff {
  readonly format: string;
  readonly kernels: readonly string[];
  readonly transitions: number;
  readonly differing: number;
  readonly groups: readonly {
    readonly cause: { readonly fn: string; readonly test: string };
    readonly count: number;
    readonly witness: unknown;
    readonly step: number;
  }[];
}

describe('check', { timeout: 60_000 }, () => {
  test('prints a verdict on every invariant for every kernel of `all`, and ends with 1', async () => {
    const { status, stdout, stderr } = await svmscope('check');
    expect([status, stderr]).toEqual([1, '']);
    const found = JSON.parse(stdout) as Check;
    expect(found.format).toBe('svmscope/check@1');
    expect(found.kernels.map(({ kernel }) => kernel)).toEqual(['7.0', '7.0+v1', '7.0+v2', '7.0+hook', '7.1']);
    for (const { kernel, states, transitions, invariants } of found.kernels) {
      expect(transitions).toBeGreaterThan(states);
      expect(invariants.map(({ id }) => id)).toEqual(
        Array.from({ length: 20 }, (_, index) => `I${index + 1}`),
      );
      const broken = invariants.filter(({ verdict }) => verdict === 'broken');
      expect(invariants.filter(({ witness }) => witness !== null)).toEqual(broken);
      for (const { id, witness, step } of broken) {
        const { violations } = run(kernelOf(kernel), programOf(witness));
        expect(violations).toContainEqual({ step, invariant: id });
      }
    }
  });

  test('as text says what is broken and how to see it', async () => {
    const { status, stdout } = await svmscope('check', '--kernel', '7.0+v1', '--format', 'text');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^7\.0\+v1: breaks I6, I11 and I19 \(\d+ states, \d+ transitions\)$/m);
    expect(stdout).toContain('2 operations: L1 has EFER.SVME set: L1 VMRUN; L2 WRMSR EFER SVME=0');
  });

  test.each([
    [['check', '7.0'], 'svmscope: arguments: "7.0" is not an option: '],
    [['check', '--kernel', '9'], 'svmscope: --kernel: unknown base "9", one of '],
    [['check', '--format', 'yaml'], 'svmscope: --format: unknown format "yaml", one of json text'],
    [['check', '--kernel'], 'svmscope: --kernel: needs a value'],
  ])('refuses %j', async (args, said) => {
    const { status, stdout, stderr } = await svmscope(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('diff', { timeout: 60_000 }, () => {
  test('prints the groups with their witness, and ends with 0', async () => {
    const { status, stdout, stderr } = await svmscope('diff', '7.0', '7.1');
    expect([status, stderr]).toEqual([0, '']);
    const found = JSON.parse(stdout) as Diff;
    expect([found.format, found.kernels]).toEqual(['svmscope/diff@1', ['7.0', '7.1']]);
    expect(found.groups.map(({ cause }) => cause)).toContainEqual({
      fn: 'svm_set_efer',
      test: 'is_guest_mode(vcpu) && vcpu->wants_to_run',
    });
    expect(found.groups.reduce((sum, { count }) => sum + count, 0)).toBe(found.differing);
    const [{ witness, step }] = found.groups as [Diff['groups'][number]];
    const [one, other] = ['7.0', '7.1'].map((id) => run(kernelOf(id), programOf(witness)).steps[step]!);
    expect(one!.outcome).not.toEqual(other!.outcome);
  });

  test('as text says it in words first', async () => {
    const { status, stdout } = await svmscope('diff', '7.0+hook', '7.0+merged', '--format', 'text');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^7\.0\+merged differs from 7\.0\+hook in \d+ of [\d,]+ transitions; /);
  });

  test.each([
    [['diff', '7.0'], 'svmscope: arguments: two kernels are needed: '],
    [['diff', '7.0', '7.1', '6.12'], 'svmscope: arguments: two kernels are needed: '],
    [['diff', '7.0', '7.0+v9'], 'svmscope: arguments: unknown patch "v9", one of '],
    [['diff', '7.0', '7.1', '--kernel', '7.0'], 'svmscope: --kernel: unknown option, one of --format'],
  ])('refuses %j', async (args, said) => {
    const { status, stdout, stderr } = await svmscope(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
