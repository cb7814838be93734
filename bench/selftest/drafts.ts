import fc from 'fast-check';

import { standard } from '#explore/bounds.ts';
import { check } from '#explore/check.ts';
import { diff } from '#explore/diff.ts';
import { drain } from '#base/drain.ts';
import { Space } from '#explore/space.ts';
import { selftestDraft } from '#export/selftest/draft.ts';
import { allKernelIds } from '#kvm/kernels.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { anyProgram } from '#program/arbitrary.testing.ts';
import { anyStory } from '#program/random-program.testing.ts';
import type { Program } from '#program/types.ts';
import { scenarios } from '#scenarios/scenarios.ts';

/** One program on one kernel, as C or as the sentence that says why not. */
export interface Draft {
  readonly name: string;
  readonly kernel: string;
  readonly text: string | undefined;
  /** Why there is none, or what it leaves out. */
  readonly unexpressed: readonly string[];
}

function draftOf(name: string, program: Program, id: string): Draft {
  const made = selftestDraft({ program, kernel: kernelOf(id) });
  if (!made.ok) return { name, kernel: id, text: undefined, unexpressed: [made.error] };
  return { name, kernel: id, text: made.value.text, unexpressed: made.value.unexpressed };
}

/** Every scenario on every kernel of `all` and on those that it shows. */
export function scenarioDrafts(): readonly Draft[] {
  return scenarios.flatMap(({ id, program, kernels }) =>
    [...new Set([...kernels, ...allKernelIds])].map((kernel) => draftOf(id, program, kernel)),
  );
}

/** The explorer's witnesses: of what 7.1 changes, on both sides, and of every invariant that a kernel breaks. */
export function exploredDrafts(): readonly Draft[] {
  const space = new Space(allKernelIds.map(kernelOf), standard);
  const { groups } = drain(diff(space, kernelOf('7.0'), kernelOf('7.1')));
  const verdicts = drain(check(space, allKernelIds.map(kernelOf)));
  return [
    ...groups.flatMap(({ witness }, index) =>
      ['7.0', '7.1'].map((id) => draftOf(`difference ${index}`, witness.program, id)),
    ),
    ...verdicts.flatMap(({ kernel, invariants }) =>
      invariants.flatMap((one) => (one.witness ? [draftOf(one.id, one.witness.program, kernel)] : [])),
    ),
  ];
}

/** The program with a guest that the library can run: without long mode and a way to set GIF there is no draft. */
function inLongMode(program: Program): Program {
  const { efer, ...guest } = program.guest;
  const others = efer.filter((bit) => bit !== 'LME' && bit !== 'LMA' && bit !== 'SVME');
  const svme = guest.cpuidSvm ? (['SVME'] as const) : [];
  const gif = guest.gif || !guest.cpuidSvm;
  return { ...program, guest: { ...guest, gif, efer: ['LME', 'LMA', ...svme, ...others] } };
}

/** Programs at random, the same ones for the same seed: half of them stories with an L2, half of any form. */
export function randomDrafts(seed: number, count: number): readonly Draft[] {
  const half = Math.ceil(count / 2);
  const programs = [
    ...fc.sample(anyStory, { seed, numRuns: half }),
    ...fc.sample(anyProgram.map(inLongMode), { seed, numRuns: count - half }),
  ];
  return programs.map((program, index) =>
    draftOf(`random ${index}`, program, allKernelIds[index % allKernelIds.length]!),
  );
}
