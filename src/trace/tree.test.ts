import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import vocabularyJson from '#program/conformance/vocabulary.json';
import { parsePath, recordedOf } from '#program/conformance/compare.ts';
import { parseProgram } from '#program/parse.ts';
import type { PathEntry } from '#program/report.ts';
import { programWith } from '#program/report.testing.ts';
import { start, step, type StepRun } from '#program/runner.ts';
import type { CodeOp } from '#program/types.ts';
import { recordings } from '#session/recordings.testing.ts';
import type { TreeRow } from './questions.ts';
import type { Seen, SeenCall } from './seen.ts';
import { modelCalls, recordedCalls, treeDifferences, treeRows, type TreeCall } from './tree.ts';

const vocabulary: Readonly<Record<string, string>> = vocabularyJson;
const kernel = kernelOf('6.12');

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };

/** The steps of a short program on a kernel. */
function stepsOn(id: string, l2: readonly CodeOp[]): readonly StepRun[] {
  const made: StepRun[] = [];
  for (let next = step(start(kernelOf(id), programWith({ code: { l2 } }))); next; next = step(next.state))
    made.push(next);
  return made;
}

/** What a tracer would have printed of calls, indented as they are. */
function printed(calls: readonly TreeCall[]): readonly Seen[] {
  const depths: number[] = [];
  return calls.map(({ fn, parent }, at) => {
    const depth = parent < 0 ? 3 : depths[parent]! + 1;
    depths.push(depth);
    return entered({ fn, depth }, at);
  });
}

/** Without what the compiler inlines: no tracer shows it. */
const traced = (made: StepRun, id = '6.12'): readonly TreeCall[] => {
  const all = modelCalls(made.calls);
  const shown = all.map(({ fn }) => kernelOf(id).functions[fn]?.visibility === 'kernel');
  const place = new Map<number, number>();
  const kept: TreeCall[] = [];
  for (const [at, call] of all.entries()) {
    if (!shown[at]) continue;
    let parent = call.parent;
    while (parent >= 0 && !shown[parent]) parent = all[parent]!.parent;
    place.set(at, kept.length);
    kept.push({ ...call, parent: parent < 0 ? -1 : place.get(parent)! });
  }
  return kept;
};

const anyCalls: fc.Arbitrary<readonly TreeCall[]> = fc
  .array(
    fc.record({ fn: fc.constantFrom(...Object.keys(vocabulary).slice(0, 9), 'memcpy'), up: fc.nat(3) }),
    {
      maxLength: 25,
    },
  )
  .map((list) => {
    const calls: TreeCall[] = [];
    for (const { fn, up } of list) {
      let parent = calls.length - 1;
      for (let steps = 0; steps < up && parent >= 0; steps += 1) parent = calls[parent]!.parent;
      calls.push({ fn, parent, line: undefined });
    }
    return calls;
  });

/** A line that enters a function. */
const entered = ({ fn, depth }: PathEntry, at: number): SeenCall => ({
  kind: 'enter',
  fn,
  depth,
  leaf: false,
  line: at + 1,
  offset: 0,
  time: undefined,
  vcpu: 0,
});

describe('two call trees', () => {
  test('give back each side, in order, and every call stands below its caller', () => {
    fc.assert(
      fc.property(anyCalls, anyCalls, (recorded, model) => {
        const rows = treeRows(recorded, model, kernel, vocabulary);
        for (const [side, calls] of [
          ['model', recorded],
          ['recorded', model],
        ] as const) {
          const own = rows.filter((row) => row.side !== side);
          expect(own.map(({ fn }) => fn)).toEqual(calls.map(({ fn }) => fn));
          for (const [at, { parent }] of calls.entries())
            expect(own[at]!.depth).toBeGreaterThan(own[parent]?.depth ?? -1);
        }
      }),
    );
  });

  test('that are equal differ nowhere', () => {
    fc.assert(
      fc.property(anyCalls, (calls) => {
        const rows = treeRows(calls, calls, kernel, vocabulary);
        expect(rows.every(({ side }) => side === 'both')).toBe(true);
      }),
    );
  });

  test('differ in exactly the function that one side lacks', () => {
    const [, made] = stepsOn('6.12', [clear]);
    const whole = traced(made!);
    expect(whole.map(({ fn }) => fn)).toContain('svm_leave_nested');
    const removable = whole.flatMap(({ fn, parent }, at) =>
      vocabulary[fn] === 'compared' && vocabulary[whole[parent]?.fn ?? ''] !== 'opaque' ? [at] : [],
    );
    expect(removable.length).toBeGreaterThan(5);
    for (const gone of removable) {
      const rest = whole
        .map((call) => ({ ...call, parent: call.parent === gone ? whole[gone]!.parent : call.parent }))
        .toSpliced(gone, 1)
        .map((call) => ({ ...call, parent: call.parent > gone ? call.parent - 1 : call.parent }));
      for (const [recorded, model, side] of [
        [rest, whole, 'model'],
        [whole, rest, 'recorded'],
      ] as const) {
        const wrong = treeDifferences(treeRows(recorded, model, kernel, vocabulary));
        expect(wrong.map((row) => [row.fn, row.side])).toEqual([[whole[gone]!.fn, side]]);
      }
    }
  });

  test('of two kernels differ where the kernels do', () => {
    const [, before] = stepsOn('6.12', [clear]);
    const [, after] = stepsOn('6.12+v1', [clear]);
    const names = treeDifferences(
      treeRows(
        recordedCalls(printed(traced(before!))),
        modelCalls(after!.calls),
        kernelOf('6.12+v1'),
        vocabulary,
      ),
    ).map(({ fn }) => fn);
    expect(names).toContain('svm_leave_nested');
    const own = treeRows(
      recordedCalls(printed(traced(before!))),
      modelCalls(before!.calls),
      kernel,
      vocabulary,
    );
    expect(treeDifferences(own)).toEqual([]);
  });

  test('say why a function is on one side only', () => {
    const [made] = stepsOn('6.12', []);
    const model = modelCalls(made!.calls);
    const recorded = [...traced(made!), { fn: 'svm_get_rflags', parent: -1, line: 9 }];
    const rows = treeRows(recorded, model, kernel, vocabulary);
    expect(rows.at(-1)).toMatchObject({ fn: 'svm_get_rflags', line: 9, excuse: 'not modelled' });
    const inlined = rows.filter(({ side }) => side === 'model');
    expect(inlined.length).toBeGreaterThan(0);
    expect(new Set(inlined.map(({ excuse }) => excuse))).toEqual(new Set(['inlined: could not be traced']));
  });
});

describe('what real kernels entered', () => {
  test.each(Object.keys(recordings.cases))('is what the model enters: %s', (name) => {
    const recorded = recordings.cases[name]!;
    const program = parseProgram(recorded.program);
    if (!program.ok) throw new Error(program.error.message);
    const differences: TreeRow[] = [];
    let compared = 0;
    for (const id of Object.keys(recorded.kernels)) {
      let made = step(start(kernelOf(id), program.value));
      for (const { path } of recordedOf(recorded, id).steps) {
        if (path !== undefined && made) {
          const calls = recordedCalls(parsePath(recorded.paths[path]!).map(entered));
          const rows = treeRows(calls, modelCalls(made.calls), kernelOf(id), vocabulary);
          differences.push(...treeDifferences(rows));
          compared += calls.length;
        }
        made = made && step(made.state);
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});

const call = (kind: 'enter' | 'leave', fn: string, depth: number, leaf = false): Seen => ({
  ...entered({ fn, depth }, 0),
  kind,
  leaf,
});

describe('recorded calls', () => {
  test('stand below the call that is still open', () => {
    const seen = [
      call('leave', '', 5),
      call('enter', 'a', 4, true),
      call('enter', 'b', 3),
      call('enter', 'c', 4),
      call('leave', 'c', 4),
      call('enter', 'd', 6),
      call('leave', 'b', 3),
      call('enter', 'e', 4),
    ];
    expect(recordedCalls(seen).map(({ fn, parent }) => [fn, parent])).toEqual([
      ['a', -1],
      ['b', -1],
      ['c', 1],
      ['d', 1],
      ['e', -1],
    ]);
  });
});
