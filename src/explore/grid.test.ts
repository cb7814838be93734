import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { nextOf } from '#program/runner.ts';
import type { CodeOp, Program, UserspaceOp } from '#program/types.ts';
import { derivedAt } from '#session/derive.ts';
import { choicesAt } from '#session/possible.ts';
import { append, moveTo, type Session } from '#session/session.ts';
import { microTo } from '#session/steps.ts';
import { clearsSvme, visited } from '#session/visited.testing.ts';
import { programNow, setEferMap, setIntercept } from '#session/what-if.ts';
import { stepWords } from '#session/words.ts';
import { gridOf, outcomeClasses, turnSwitches, whyNoGrid, type Grid, type GridRow } from './grid.ts';

const kernels = ['7.0', '7.0+v1', '7.1'];

/** L1 has started L2, which has done this; then userspace did that. */
function afterL2(l2: readonly CodeOp[], userspace: readonly UserspaceOp[] = [], host = {}): Session {
  const program: Program = {
    ...clearsSvme,
    host: { ...clearsSvme.host, ...host },
    code: { ...clearsSvme.code, l2 },
    userspace: [],
  };
  const start = visited(1 + l2.length, program, kernels);
  return userspace.reduce((at, op) => append(at, at.cursor.node, { kind: 'do', op }), start);
}

const settingOf = ({ switches }: Grid, { on }: GridRow) =>
  new Map(switches.map((name, at) => [name, on[at]!]));

/** Rows as text: the switches as digits, an asterisk where they stand so, a sign for each kernel. */
function drawn({ switches, rows }: Grid): readonly string[] {
  const lines = rows.map(({ on, current, cells }) => {
    const signs = cells.map(({ outcome }) => outcomeClasses[outcome].glyph);
    return `${on.map(Number).join('')}${current ? '*' : ' '} ${signs.join(' ')}`;
  });
  return [switches.join(', '), ...lines];
}

const gridAt = (session: Session): Grid => present(gridOf(session, kernels), 'a grid');

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };

describe('the switches that matter', () => {
  test('for an EFER write of L2: both of the two, and what each kernel makes of it', () => {
    expect(drawn(gridAt(afterL2([clear])))).toEqual([
      'MSR_PROT, EFER write bit',
      '00* ⚠ → ■',
      '01  ⚠ → ■',
      '10  ⚠ → ■',
      '11  x x x',
    ]);
  });

  test('for an EFER read, the read bit', () => {
    const grid = gridAt(afterL2([{ do: 'RDMSR', msr: 'EFER' }]));
    expect(grid.switches).toEqual(['MSR_PROT', 'EFER read bit']);
  });

  test('that are asked for only under another setting are found', () => {
    expect(drawn(gridAt(afterL2([{ do: 'TRIPLE_FAULT' }])))).toEqual([
      'EXC_UD, EXC_GP, SHUTDOWN',
      '000* ■ ■ ■',
      '001  x x x',
      '010  x x x',
      '011  x x x',
      '100  x x x',
      '101  x x x',
      '110  x x x',
      '111  x x x',
    ]);
  });

  test('are found in a shifted word, by the vector', () => {
    expect(drawn(gridAt(afterL2([{ do: 'RSM' }])))).toEqual([
      'RSM, EXC_UD',
      '00* ! ! !',
      '01  x x x',
      '10  x x x',
      '11  x x x',
    ]);
  });

  test('are found in what a call hands over', () => {
    expect(drawn(gridAt(afterL2([])))).toEqual(['VMRUN', '0  x x x', '1* ▸ ▸ ▸']);
  });

  test.each<[string, UserspaceOp, object, string]>([
    ['an SMI', { do: 'KVM_SMI' }, {}, 'SMI'],
    ['a triple fault', { do: 'KVM_SET_VCPU_EVENTS', tripleFault: true }, {}, 'SHUTDOWN'],
    ['an INIT', { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true }, { irqchip: true }, 'INIT'],
  ])('for a KVM_RUN with %s pending', (_, op, host, expected) => {
    expect(gridAt(afterL2([{ do: 'EXIT' }], [op, { do: 'KVM_RUN' }], host)).switches).toEqual([expected]);
  });

  test('may be none: one row, as it is now', () => {
    expect(drawn(gridAt(afterL2([{ do: 'EXIT' }])))).toEqual(['', '* u u u']);
  });
});

describe('a setting under which the run goes another way before', () => {
  test('says which operation did', () => {
    const grid = gridAt(afterL2([{ do: 'VMRUN' }]));
    expect(drawn(grid)).toEqual(['VMRUN', '0  … … …', '1* x x x']);
    expect(grid.title).toBe('VMRUN by L2');
    expect(grid.rows[0]!.cells[0]!.words).toBe(
      'VMRUN by L1 goes another way already: VMRUN fails: VMEXIT_INVALID to L1',
    );
  });

  test('is also that of a kernel that went another way in the run itself', () => {
    const grid = gridAt(visited(3, clearsSvme, ['7.1', '7.0']));
    expect(grid.title).toBe('KVM_RUN by userspace');
    const [first, second] = grid.rows[0]!.cells;
    expect([first!.outcome, second!.outcome]).toEqual(['other-way', 'other-way']);
    expect(grid.rows[0]!.cells[2]!.outcome).not.toBe('other-way');
  });
});

const others = ({ rows }: Grid): readonly string[] =>
  rows.map(({ cells }) => cells.map(({ otherForL1 }) => Number(otherForL1)).join(''));

describe('what L1 can see', () => {
  test('differs with the kernel where the write is not intercepted', () => {
    expect(others(gridAt(afterL2([clear])))).toEqual(['011', '011', '011', '000']);
  });

  test('does not differ where another has the vCPU', () => {
    expect(others(gridAt(afterL2([{ do: 'EXIT' }])))).toEqual(['000']);
  });
});

describe('where there is no operation', () => {
  const start = visited(0);
  const end = append(visited(2, clearsSvme, ['7.0']), 2, { kind: 'do', op: { do: 'KVM_SMI' } });

  test.each([
    ['at the start', start, /No operation was made yet/],
    ['where no kernel moves', end, /No kernel moves here/],
  ])('%s there is a reason and no grid', (_, session, reason) => {
    expect(gridOf(session, kernels)).toBeUndefined();
    expect(whyNoGrid(session)).toMatch(reason);
  });

  test('and inside an operation it is that of the whole', () => {
    const session = afterL2([clear]);
    expect(whyNoGrid(session)).toBeUndefined();
    expect(gridOf(microTo(session, 3), kernels)).toEqual(gridOf(session, kernels));
  });
});

test('a grid is plain data, and each kind of outcome has a sign and a name of its own', () => {
  const grid = gridAt(afterL2([clear]));
  expect(structuredClone(grid)).toEqual(grid);
  const looks = Object.values(outcomeClasses);
  for (const key of ['glyph', 'name'] as const)
    expect(new Set(looks.map((one) => one[key])).size).toBe(looks.length);
});

/** A session of operations at random. */
function wandering(seed: number): Session {
  const random = seededRandom(seed);
  let session = visited(1, clearsSvme, kernels);
  for (let made = 0; made < 3; made += 1) {
    const { state } = derivedAt(session, session.cursor.node, '7.1');
    const possible = choicesAt(state).filter(({ whyNot }) => whyNot === undefined);
    if (possible.length === 0) break;
    session = append(session, session.cursor.node, { kind: 'do', op: random.pick(possible).op });
  }
  return session;
}

const names = [
  'VMRUN',
  'VMMCALL',
  'MSR_PROT',
  'SHUTDOWN',
  'INTR',
  'SMI',
  'INIT',
  'EXC_GP',
  'EXC_UD',
  'HLT',
  'STGI',
  'VMLOAD',
] as const;

/** The operation at the cursor, the state that it found, the intercepts aside, and what came of it. */
function outcomes(session: Session) {
  return kernels.map((id) => {
    const { made } = derivedAt(session, session.cursor.node, id);
    if (!made) return { next: undefined, found: undefined, words: undefined };
    const { value, context } = made.before.snapshot;
    const registers = Object.entries(context).filter(([name]) => !/^(icpt|gotIcpt|msrpm)/.test(name));
    const found = JSON.stringify([value, registers]);
    return { next: JSON.stringify(nextOf(made.before)), found, words: stepWords(made) };
  });
}

describe.each(Array.from({ length: 24 }, (_, index) => index + 1))(
  'operations at random, seed %i',
  (seed) => {
    const session = wandering(seed);
    const grid = gridAt(session);

    test('no switch that changes what comes of the operation is missed', () => {
      const { intercepts, msrpm } = programNow(session).vmcb12;
      const now = outcomes(session);
      // What another than the one at the cursor carries out is none of the grid's, nor what earlier operations did.
      const wanted = now.find(({ words }) => words !== undefined)!.next;
      const changes = (other: Session): boolean =>
        outcomes(other).some(({ next, found, words }, at) => {
          const before = now[at]!;
          return next === wanted && found === before.found && words !== before.words;
        });
      const deciding = [
        ...names.filter((name) => changes(setIntercept(session, name, !intercepts.includes(name)))),
        ...(changes(setEferMap(session, { read: !msrpm.EFER.read })) ? ['EFER read bit'] : []),
        ...(changes(setEferMap(session, { write: !msrpm.EFER.write })) ? ['EFER write bit'] : []),
      ];
      expect([...grid.switches, ...grid.more]).toEqual(expect.arrayContaining(deciding));
    });

    test('turning the switches as in a row leads to just what the row says', () => {
      for (const row of grid.rows) {
        const turned = turnSwitches(session, settingOf(grid, row));
        const shown = outcomes(turned);
        for (const [at, { outcome, words }] of row.cells.entries()) {
          if (outcome === 'other-way') continue;
          expect(words).toBe(shown[at]!.words);
        }
        expect(turned.cursor.node === session.cursor.node).toBe(row.current);
        expect(turnSwitches(moveTo(turned, session.cursor), settingOf(grid, row)).cursor).toEqual(
          turned.cursor,
        );
      }
      expect(grid.rows.filter(({ current }) => current)).toHaveLength(1);
    });

    test('every switch changes some row', () => {
      for (const at of grid.switches.keys()) {
        const flipped = ({ on }: GridRow): string => on.map((is, index) => (index === at ? !is : is)).join();
        const changed = grid.rows.some((row) => {
          const other = grid.rows.find(({ on }) => on.join() === flipped(row));
          return JSON.stringify(other!.cells) !== JSON.stringify(row.cells);
        });
        expect(changed).toBe(true);
      }
    });
  },
);
