import { describe, expect, test } from 'vitest';

import { instructionNames } from '#isa/instructions.ts';
import { all, choose, equal, local } from '#machine/expr.ts';
import { callees, reachable, unsetLocals } from './code.testing.ts';
import { processorName } from './functions/processor.ts';
import {
  allNodes,
  assignLocal,
  call,
  effect,
  fn,
  giveBack,
  loop,
  test as ask,
  write,
  type KvmFunction,
} from './ir.ts';
import { everyKernelId, kernelOf } from './kernels.testing.ts';

/** The functions that operations and booting call by name. */
const entries = [
  ...instructionNames.map(processorName),
  'processor: RSM',
  'processor: UD2',
  'processor: shutdown',
  'init_vmcb',
  'svm_set_efer',
  'vcpu_run',
  'vcpu_run_exit',
  'return_to_userspace',
  'kvm_arch_vcpu_ioctl_run',
  'kvm_arch_vcpu_ioctl_set_sregs',
  '__set_regs',
  'do_set_msr',
  'svm_get_nested_state',
  'svm_set_nested_state',
  'kvm_vcpu_ioctl_x86_set_vcpu_events',
  'svm_vcpu_free',
];

/** Functions of a base that a later kernel still has although it calls others in their place. */
const leftOver = new Set(['kvm_set_msr_with_filter', 'kvm_get_msr_with_filter', 'init_vmcb_after_set_cpuid']);

const fits = ({ file, visibility }: KvmFunction): boolean =>
  visibility === 'processor' ? file === '' : /^\/?[\w/]+\.[ch]$/.test(file);

describe.each([...everyKernelId, '7.1'])('the code of %s', (id) => {
  const { functions } = kernelOf(id);
  const list = Object.values(functions);

  test('names each node of a function once', () => {
    for (const { name, body } of list) {
      const ids = allNodes(body).map((node) => node.id);
      const twice = ids.filter((one, index) => ids.indexOf(one) !== index);
      expect(twice, `of ${name}`).toEqual([]);
    }
  });

  test('calls only functions that there are, and has every entry', () => {
    const missing = [...list.flatMap(callees), ...entries].filter((name) => !functions[name]);
    expect(missing).toEqual([]);
  });

  test('hands over only what the called function takes', () => {
    const strange = list.flatMap((caller) =>
      allNodes(caller.body).flatMap((node) => {
        if (node.kind !== 'call') return [];
        const { params } = functions[node.fn]!;
        return Object.keys(node.args)
          .filter((name) => !params.includes(name))
          .map((name) => `${caller.name}() hands ${name} to ${node.fn}()`);
      }),
    );
    expect(strange).toEqual([]);
  });

  test('reads no local before it is set', () => {
    expect(list.flatMap((one) => unsetLocals(one).map((name) => `${one.name}(): ${name}`))).toEqual([]);
  });

  test('has no function that nothing enters, but for what is left over', () => {
    const entered = reachable(functions, entries);
    const idle = Object.keys(functions).filter((name) => !entered.has(name));
    expect(idle.filter((name) => id === '6.12' || !leftOver.has(name))).toEqual([]);
  });

  test('says of each kernel function in which file it stands, and what the processor does is in none', () => {
    expect(list.filter((one) => !fits(one)).map(({ name, file }) => `${name}() in ${file}`)).toEqual([]);
  });
});

describe('the look at locals', () => {
  const r = local('r');
  const use = effect('use r', [write('rip', r)]);
  const set = assignLocal('r', 'r = 1', 1);

  test.each([
    ['a parameter', fn('f', 'x.c', [use], { params: ['r'] }), []],
    ['nothing', fn('f', 'x.c', [use]), ['r']],
    ['set before', fn('f', 'x.c', [set, use]), []],
    ['set after', fn('f', 'x.c', [use, set]), ['r']],
    ['what a call gives', fn('f', 'x.c', [call('g', {}, { into: 'r' }), use]), []],
    ['set on one way', fn('f', 'x.c', [ask('t', 1, [set]), use]), ['r']],
    ['set on both ways', fn('f', 'x.c', [ask('t', 1, [set], [set]), use]), []],
    ['the other way returns', fn('f', 'x.c', [ask('t', 1, [set], [giveBack('return', 0)]), use]), []],
    ['after a return', fn('f', 'x.c', [giveBack('return', 0), use]), []],
    ['in a loop', fn('f', 'x.c', [loop('for', [use, giveBack('return', 0)])]), ['r']],
    ['deep in an expression', fn('f', 'x.c', [giveBack('return', choose(all(equal(r, 1)), 1, 2))]), ['r']],
  ])('%s', (_, one, expected) => {
    expect(unsetLocals(one)).toEqual(expected);
  });
});
