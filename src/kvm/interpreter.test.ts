import { describe, expect, test as check } from 'vitest';

import type { VcpuEvent } from '#machine/effects.ts';
import { add, any, fact, is, local, not } from '#machine/expr.ts';
import { initialSnapshot, ChartPort } from '#machine/chart-port.ts';
import type { Registers } from '#machine/registers.ts';
import { Interpreter, type Observer } from './interpreter.ts';
import {
  assignLocal,
  call,
  dispatch,
  effect,
  fn,
  giveBack,
  loop,
  send,
  test,
  trace,
  write,
  type KvmFunction,
  type Node,
} from './ir.ts';
import { functionSet, type Kernel } from './kernel.ts';
import { kernelOf } from './kernels.testing.ts';

/** A kernel that has only the given functions. */
function kernelWith(...functions: readonly KvmFunction[]): Kernel {
  return { ...kernelOf('7.0'), id: 'made-up', functions: functionSet(functions) };
}

const f = (...body: readonly Node[]): KvmFunction => fn('f', 'x.c', body, { params: ['value'] });
const mark = (asid: number): Node => effect(`asid = ${asid}`, [write('asid', asid)]);

/** Run `f()`: what it returned, and the vCPU after it. */
function runF(
  functions: readonly KvmFunction[],
  args: Readonly<Record<string, number>> = {},
  registers: Partial<Registers> = {},
) {
  const port = new ChartPort(initialSnapshot(registers));
  const returned = new Interpreter(kernelWith(...functions), port).call('f', args);
  return { returned, port };
}

describe('a test', () => {
  const asks = f(test('value', local('value'), [mark(1)], [mark(2)]), giveBack('return', 9));

  check.each([
    [1, 1],
    [5, 1],
    [0, 2],
  ])('of %i goes one way only, and then on', (value, asid) => {
    const { returned, port } = runF([asks], { value });
    expect([returned, port.read('asid')]).toEqual([9, asid]);
  });
});

describe('a return', () => {
  check('ends the function from inside a branch', () => {
    const body = f(test('always', 1, [giveBack('return 3', 3), mark(1)]), mark(2));
    const { returned, port } = runF([body]);
    expect([returned, port.read('asid')]).toEqual([3, 0]);
  });

  check('ends only its own function', () => {
    const g = fn('g', 'x.c', [giveBack('return 4', 4)]);
    const { returned } = runF([f(call('g', {}, { into: 'r' }), giveBack('return r', add(local('r'), 1))), g]);
    expect(returned).toBe(5);
  });

  check('that is missing gives 0, also into a local', () => {
    const g = fn('g', 'x.c', []);
    const before = assignLocal('r', 'r = 7', 7);
    expect(
      runF([f(before, call('g', {}, { into: 'r' }), giveBack('return r', local('r'))), g]).returned,
    ).toBe(0);
    expect(runF([f()]).returned).toBe(0);
  });
});

describe('a call', () => {
  check('hands over values, not names: the locals of two functions are apart', () => {
    const g = fn('g', 'x.c', [assignLocal('value', 'value = 0', 0), giveBack('return', local('other'))], {
      params: ['value', 'other'],
    });
    const body = f(call('g', { value: 1, other: add(local('value'), 1) }, { into: 'r' }));
    const { returned } = runF(
      [{ ...body, body: [...body.body, giveBack('return', add(local('r'), local('value')))] }, g],
      { value: 10 },
    );
    expect(returned).toBe(21);
  });

  check('of a function that is not there is a mistake', () => {
    expect(() => runF([f(call('g'))])).toThrow('g() in made-up');
  });

  check('by a table goes where the value says, and a value without a handler is a mistake', () => {
    const handlers = [fn('g', 'x.c', [giveBack('return', 1)]), fn('h', 'x.c', [giveBack('return', 2)])];
    const body = f(
      dispatch('table[value]()', local('value'), { 3: 'g', 4: 'h' }, 'r'),
      giveBack('return r', local('r')),
    );
    expect(runF([body, ...handlers], { value: 4 }).returned).toBe(2);
    expect(() => runF([body, ...handlers], { value: 5 })).toThrow('table[value]() has a handler');
  });
});

describe('a loop', () => {
  const count = effect('asid += 1', [write('asid', add(fact('asid'), 1))]);

  check('goes round until a return in it', () => {
    const body = f(
      loop('for (;;)', [count, test('3 turns', is('gif', 'clear'), [giveBack('return', 1)]), mark(5)]),
    );
    expect(() => runF([body])).toThrow('a loop of made-up does not end');
    const ends = f(
      loop('for (;;)', [
        count,
        test('set', fact('msr'), [giveBack('return', fact('asid'))]),
        effect('msr = 1', [write('msr', 1)]),
      ]),
    );
    expect(runF([ends]).returned).toBe(2);
  });

  check('that does not end throws', () => {
    expect(() => runF([f(loop('for (;;)', []))])).toThrow('a loop of made-up does not end');
  });
});

describe('an effect', () => {
  check('takes all its values before it writes any: two registers swap', () => {
    const swap = effect('swap', [write('rip', fact('rip01')), write('rip01', fact('rip'))]);
    const { port } = runF([f(swap)], {}, { rip: 1, rip01: 2 });
    expect([port.read('rip'), port.read('rip01')]).toEqual([2, 1]);
  });

  check('asks its conditions before it does anything', () => {
    const both = effect('both', [
      send('SET_SVME', is('svme', 'clear')),
      send('CLEAR_SVME', is('svme', 'set')),
      write('asid', 1, is('svme', 'set')),
    ]);
    const { port } = runF([f(both)]);
    expect([port.read('svme'), port.read('asid')]).toEqual([1, 0]);
  });

  check('keeps to the width of its register', () => {
    const wide = effect('wide', [
      write('vmCr', 0x3f),
      write('hsave', 2),
      write('asid', add(fact('asid'), -1)),
    ]);
    const { port } = runF([f(wide)]);
    expect([port.read('vmCr'), port.read('hsave'), port.read('asid')]).toEqual([0x1f, 0, 0xffffffff]);
  });

  check('does not tell of a write that changes nothing', () => {
    const told: (readonly VcpuEvent[])[] = [];
    const observer: Observer = {
      enter() {},
      leave() {},
      node: (_node, _value, events) => told.push(events),
      trace() {},
    };
    const body = f(effect('two writes', [write('rip', 7), write('asid', 3)]));
    const port = new ChartPort(initialSnapshot({ rip: 7 }));
    new Interpreter(kernelWith(body), port, observer).call('f');
    expect(told).toEqual([[{ type: 'WRITE', register: 'asid', value: 3 }]]);
  });
});

describe('an observer', () => {
  const g = fn('g', 'x.c', [trace('kvm_exit', { code: add(local('value'), 1) }), giveBack('return', 3)], {
    params: ['value'],
  });
  const body = f(
    test('not value', not(local('value')), [call('g', { value: 8 }, { into: 'r' })]),
    assignLocal('s', 's', any(local('r'))),
  );

  function watch(unobserved: boolean): readonly string[] {
    const lines: string[] = [];
    const observer: Observer = {
      enter: ({ name }, by) => lines.push(`enter ${name} by ${by?.id ?? 'nobody'}`),
      leave: ({ name }, returned) => lines.push(`leave ${name}: ${returned}`),
      node: ({ kind, id }, value) => lines.push(`${kind} ${id}: ${value}`),
      trace: (event, args) => lines.push(`trace ${event} ${JSON.stringify(args)}`),
    };
    const port = new ChartPort(initialSnapshot({}));
    const interpreter = new Interpreter(kernelWith(body, g), port, observer);
    (unobserved ? interpreter.unobserved() : interpreter).call('f', { value: 0 });
    return lines;
  }

  check('sees every function, node and tracepoint, in order, with the values', () => {
    expect(watch(false)).toEqual([
      'enter f by nobody',
      'test not value: 1',
      'enter g by g',
      'trace trace_kvm_exit: 0',
      'trace kvm_exit {"code":9}',
      'return return: 3',
      'leave g: 3',
      'let s: 1',
      'leave f: 0',
    ]);
  });

  check('sees nothing of what runs unobserved', () => {
    expect(watch(true)).toEqual([]);
  });
});
