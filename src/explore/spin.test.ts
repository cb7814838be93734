import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kernel } from '#kvm/kernels.ts';
import { invariants } from '#program/invariants.ts';
import { reduced } from './bounds.ts';
import { check } from './check.ts';
import { drain } from '#base/drain.ts';
import { Space } from './space.ts';

/** The bench's model of the reduced bounds, written by hand in Promela. */
const model = join(import.meta.dirname, '../../bench/explore/nsvm.pml');

const asked = invariants.filter(({ id }) => ['I6', 'I13', 'I14', 'I19'].includes(id));

const hasSpin = ['spin', 'gcc'].every((program) => spawnSync(program, ['--version']).error === undefined);

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr || stdout}`);
  return stdout;
}

/** What Spin's verifier prints. */
function verified(defines: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'nsvm-'));
  try {
    run('spin', ['-a', ...defines, model], folder);
    run('gcc', ['-DSAFETY', '-o', 'pan', 'pan.c'], folder);
    return run('./pan', ['-c0', '-w14'], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function counted(text: string, what: RegExp): number {
  return Number(what.exec(text)?.[1]);
}

/** Its own are one state, before a setup is chosen, and four transitions: that state, as it counts, and the choices. */
function bySpin(defines: readonly string[]): unknown {
  const text = verified(defines);
  return {
    states: counted(text, /(\d+) states, stored/) - 1,
    transitions: counted(text, /(\d+) transitions/) - 4,
    broken: asked.map(({ id }) => id).filter((id) => text.includes(`assertion violated ${id} `)),
    others: [...text.matchAll(/pan:\d+: (?!assertion violated I\d)(.*)/g)].map(([line]) => line),
  };
}

function byExploration(id: string): unknown {
  const built = kernel(id);
  if (!built.ok) throw new Error(built.error);
  const space = new Space([built.value], reduced, asked);
  const { states, transitions, invariants: verdicts } = drain(check(space, [built.value]))[0]!;
  const broken = verdicts.filter(({ verdict }) => verdict === 'broken').map((one) => one.id);
  return { states, transitions, broken, others: [] };
}

describe.runIf(hasSpin)('Spin, on a model that was written by hand', () => {
  test.each([
    { id: '7.0', defines: [] },
    { id: '7.0+v1', defines: ['-DV1'] },
    { id: '7.0+v2', defines: ['-DV2'] },
  ])(
    'finds as many states and transitions of $id, and breaks the same invariants',
    ({ id, defines }) => {
      expect(bySpin(defines)).toEqual(byExploration(id));
    },
    120_000,
  );
});
