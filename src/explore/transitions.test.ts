import { describe, expect, test } from 'vitest';

import { Interpreter } from '#kvm/interpreter.ts';
import { allKernelIds } from '#kvm/kernels.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { ChartPort } from '#machine/chart-port.ts';
import { packedFacts, packFacts, PackedPort } from '#machine/packed.ts';
import { pointerRegisters } from '#machine/registers.ts';
import { boot } from '#program/boot.ts';
import { operateFromUserspace, operateInGuest } from '#program/operate.ts';
import { isUserspaceOp } from '#session/possible.ts';
import { reduced, standard } from './bounds.ts';
import { columnCount, columnOf } from './columns.ts';
import { drain } from '#base/drain.ts';
import type { Liveness } from './liveness.ts';
import { unwritten } from './pointers.ts';
import { reach, type Explorer } from './reach.ts';
import { Space } from './space.ts';
import type { Transitions } from './transitions.ts';

const pointers: ReadonlySet<string> = new Set(pointerRegisters);

/** The columns after a transition, instruction pointers as they are before they settle. */
function applied(
  transitions: Transitions,
  cursor: Uint8Array,
  kernel: number,
  operation: number,
): Uint32Array {
  const { writes, moves } = transitions.at(cursor, kernel, operation);
  const after = Uint32Array.from({ length: columnCount }, (_, column) =>
    transitions.codes.value(cursor[column]!),
  );
  const before = after.slice();
  for (let at = 0; at < writes.length; at += 2) after[writes[at]!] = transitions.codes.value(writes[at + 1]!);
  for (let at = 0; at < moves.length; at += 2) after[moves[at]!] = before[moves[at + 1]!]!;
  return after;
}

/** The same operation by the interpreter, with nothing remembered, on packed words. */
function byHand(transitions: Transitions, cursor: Uint8Array, kernel: number, operation: number) {
  const values = new Map(packedFacts.map((name) => [name, transitions.codes.value(cursor[columnOf(name)]!)]));
  const port = new PackedPort(packFacts((name) => (name === 'warned' ? 0 : values.get(name)!)));
  const interpreter = new Interpreter(transitions.family.kernels[kernel]!, port);
  const op = transitions.part.operations[operation]!;
  if (isUserspaceOp(op)) operateFromUserspace(interpreter, port, op);
  else operateInGuest(interpreter, port, op);
  return port;
}

describe('what is remembered of a transition is what the interpreter does', () => {
  const space = new Space(allKernelIds.map(kernelOf), reduced);
  const [{ transitions }] = space.parts as [(typeof space.parts)[number]];

  test.each(allKernelIds.map((id, index) => [id, index] as const))(
    'in every reachable state, on %s',
    { timeout: 60_000 },
    (_, kernel) => {
      const reached = drain(reach(transitions, kernel));
      const cursor = transitions.cursor(kernel);
      const differing: string[] = [];
      let tried = 0;
      for (let state = 0; state < reached.states; state += 1) {
        reached.show(state, cursor);
        for (const operation of transitions.menu(cursor).operations) {
          const after = applied(transitions, cursor, kernel, operation);
          const port = byHand(transitions, cursor, kernel, operation);
          tried += 1;
          for (const name of packedFacts)
            if (port.read(name) !== after[columnOf(name)]) differing.push(`${state} ${operation} ${name}`);
        }
      }
      expect(differing).toEqual([]);
      expect(tried).toBe(reached.transitions);
    },
  );
});

test('a start is the vCPU that a program boots with', () => {
  const space = new Space(allKernelIds.map(kernelOf), standard);
  const [{ transitions, part }] = space.parts as [(typeof space.parts)[number]];
  for (const [kernel, built] of space.family.kernels.entries()) {
    const cursor = transitions.cursor(kernel);
    for (const [setup, program] of part.setups.entries()) {
      transitions.begin(cursor, kernel, setup);
      const port = new ChartPort(boot(built, program));
      for (const name of packedFacts) {
        const value = pointers.has(name) ? unwritten(port.read(name)) : port.read(name);
        expect(transitions.codes.value(cursor[columnOf(name)]!), `${name} of ${built.id}`).toBe(value);
      }
    }
  }
});

/** The states that one of several kernels reaches, explored one after the other. */
const counts = (ids: readonly string[], of: string): number => {
  const space = new Space(ids.map(kernelOf), reduced);
  const [known] = space.parts as [(typeof space.parts)[number]];
  let guess: Liveness | undefined;
  let states = 0;
  for (const id of ids) {
    const reached = drain(reach(known.transitions, space.indexOf(kernelOf(id)), { guess }));
    guess = reached.liveness;
    if (id === of) states = reached.states;
  }
  return states;
};

describe('the count of states', () => {
  test('does not depend on what was explored before, nor on which kernels are explored together', () => {
    expect(counts(['7.0'], '7.0')).toBe(counts([...allKernelIds].toReversed(), '7.0'));
    expect(counts(['7.1'], '7.1')).toBe(counts(['6.12', '7.0+v2', '7.1'], '7.1'));
  });

  test('progress is told on the way, and everything again after a restart', () => {
    const space = new Space([kernelOf('7.0+v2')], reduced);
    const [{ transitions }] = space.parts as [(typeof space.parts)[number]];
    let heard = 0;
    let met = 0;
    const explorer: Explorer = {
      restart: () => {
        heard = 0;
        met = 0;
      },
      transition: () => {
        heard += 1;
      },
      state: () => {
        met += 1;
      },
    };
    const work = reach(transitions, 0, { explorer });
    let told = 0;
    let next = work.next();
    for (; !next.done; next = work.next()) told += 1;
    expect(told).toBeGreaterThan(1);
    expect(heard).toBe(next.value.transitions);
    expect(met).toBe(next.value.states);
  });
});
