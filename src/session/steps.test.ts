import { describe, expect, test } from 'vitest';

import { defaults } from '#program/types.ts';
import { canStep, microSteps, viewAt } from './derive.ts';
import { append, moveTo, type Cursor, type Session } from './session.ts';
import { microBack, microForward, microTo, stepBack, stepForward, toEnd } from './steps.ts';
import { clearsSvme, visited } from './visited.testing.ts';

/** Every cursor on the way until nothing moves any more. */
function walk(
  start: Session,
  move: (session: Session) => Session,
): { cursors: readonly Cursor[]; end: Session } {
  const cursors = [start.cursor];
  let session = start;
  for (let next = move(session); next.cursor !== session.cursor; next = move(session)) {
    session = next;
    cursors.push(session.cursor);
  }
  return { cursors, end: session };
}

describe('operation by operation', () => {
  test('forward ends where no kernel can go on', () => {
    const { end } = walk(visited(0), stepForward);
    expect(canStep(end, end.cursor.node)).toBe(false);
    expect(stepForward(end)).toBe(end);
  });

  test('back goes the same way, and ends at the start', () => {
    const { cursors, end } = walk(visited(0), stepForward);
    expect(cursors.length).toBeGreaterThan(3);
    const back = walk(end, stepBack);
    expect(back.cursors).toEqual(cursors.toReversed());
    expect(stepBack(back.end)).toBe(back.end);
  });

  test('back keeps the way forward, a free operation too', () => {
    const free = append(visited(1), 1, { kind: 'do', op: { do: 'CPUID' } });
    expect(stepForward(stepBack(free)).cursor).toEqual(free.cursor);
  });
});

describe('node by node', () => {
  /** CPL and VMCB12 run no code of KVM: such an operation is one step. */
  const program = {
    ...clearsSvme,
    code: {
      l1: [{ do: 'CPL', cpl: 0 }, { do: 'VMCB12', asid: 1 }, { do: 'VMRUN' }, { do: 'CPUID' }],
      l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }],
      smm: defaults.smm,
    },
  } as const;

  test.each([
    ['the story', visited(0)],
    ['operations without code of KVM', visited(0, program)],
    ['four kernels', visited(0, program, ['6.12', '7.0+v1', '7.0+v2', '7.1'])],
  ])('forward and back are inverse: %s', (_, start) => {
    const { cursors, end } = walk(start, microForward);
    expect(walk(end, microBack).cursors).toEqual(cursors.toReversed());
    expect(end.cursor.micro).toBeUndefined();
    const inside = cursors.filter(({ micro }) => micro !== undefined);
    expect(inside.length).toBeGreaterThan(100);
  });

  test('as many steps as the kernel with most has; the others wait at their end', () => {
    const parted = visited(2);
    const [less, more] = ['7.0', '7.1'].map((id) => viewAt(parted, id).microSteps);
    expect(less).not.toBe(more);
    expect(microSteps(parted, 2)).toBe(Math.max(less!, more!));
    const late = microTo(parted, Math.max(less!, more!) - 1);
    const done = less! < more! ? '7.0' : '7.1';
    expect(viewAt(late, done).snapshot).toBe(viewAt(parted, done).snapshot);
  });

  test('the vCPU changes with the nodes, from what it was before to what it is after', () => {
    const session = visited(2);
    const whole = viewAt(session, '7.0');
    const svme = Array.from({ length: whole.microSteps - 1 }, (_, at) => {
      const { snapshot } = viewAt(microTo(session, at + 1), '7.0');
      return snapshot.value.svme;
    });
    expect([svme[0], svme.at(-1)]).toEqual(['set', 'clear']);
    expect(svme.indexOf('clear')).toBe(svme.lastIndexOf('set') + 1);
  });

  test('one operation on, from inside, is the end of that operation', () => {
    const inside = microTo(visited(2), 5);
    expect(inside.cursor).toEqual({ node: 2, micro: 5 });
    expect(stepForward(inside).cursor).toEqual({ node: 2 });
    expect(stepBack(inside).cursor).toEqual({ node: 1 });
  });

  test('keeps to the nodes that there are', () => {
    const session = visited(2);
    expect(microTo(session, 0).cursor.micro).toBe(1);
    expect(microTo(session, -3).cursor.micro).toBe(1);
    expect(microTo(session, 100_000).cursor).toEqual({ node: 2 });
  });
});

describe('to an end', () => {
  test('of the run, and only as far as it was gone', () => {
    const middle = moveTo(visited(3), { node: 1 });
    expect(toEnd(middle, 'start').cursor).toEqual({ node: 0 });
    expect(toEnd(middle, 'end').cursor).toEqual({ node: 3 });
    expect(toEnd(toEnd(middle, 'start'), 'end').cursor).toEqual({ node: 3 });
  });

  test('of the branch that the cursor is on', () => {
    const forked = append(moveTo(visited(3), { node: 1 }), 1, { kind: 'do', op: { do: 'CPUID' } });
    expect(toEnd(stepBack(forked), 'end').cursor).toEqual({ node: 4 });
    expect(toEnd(moveTo(forked, { node: 2 }), 'end').cursor).toEqual({ node: 3 });
  });
});
