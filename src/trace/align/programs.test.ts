import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyStory } from '#program/random-program.testing.ts';
import type { Program } from '#program/types.ts';
import type { AlignedStep } from '../questions.ts';
import { recordedSteps } from '../recorded.testing.ts';
import type { SeenEvent } from '../seen.ts';
import { align } from './align.testing.ts';

/** Programs of the model itself: what a tracer would record of them, held against the kernel that ran them. */

const anyKernel = fc.constantFrom('6.12', '6.12+v1', '6.12+v2', '7.1');

const timeout = 120_000;

const eventsOf = (id: string, program: Program): readonly SeenEvent[] =>
  recordedSteps(id, program).flatMap(({ events }) => events);

test(
  'what a kernel does is possible on it, whatever the program',
  () => {
    fc.assert(
      fc.property(anyStory, anyKernel, (story, id) => {
        expect(align(eventsOf(id, story), id).mismatches).toEqual([]);
      }),
      { seed: 6, numRuns: 15 },
    );
  },
  timeout,
);

/** What became of each step. */
function course(events: readonly SeenEvent[], id: string): readonly unknown[] {
  const steps: AlignedStep[] = [];
  align(events, id, ({ step }) => steps.push(step));
  return steps.map(({ verdict, op, assumed }) => [verdict, op, assumed]);
}

/** Tracepoints that something else than a missing line would have to explain: their like was recorded before. */
function removable(events: readonly SeenEvent[]): readonly number[] {
  const kinds: ReadonlySet<string> = new Set(['inject', 'vmenter', 'msr', 'exception', 'smm']);
  const last = events.findLastIndex(({ args }) => args.of === 'entry');
  return events.flatMap(({ name, args }, index) =>
    index < last && kinds.has(args.of) && events.slice(0, index).some((one) => one.name === name)
      ? [index]
      : [],
  );
}

test(
  'one tracepoint less is noticed',
  () => {
    fc.assert(
      fc.property(anyStory, anyKernel, fc.nat(), (story, id, at) => {
        const events = eventsOf(id, story);
        const places = removable(events);
        fc.pre(places.length > 0);
        const less = events.toSpliced(places[at % places.length]!, 1);
        expect(course(less, id)).not.toEqual(course(events, id));
      }),
      { seed: 6, numRuns: 6 },
    );
  },
  timeout,
);
