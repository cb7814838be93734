import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import type { Tracepoint } from '#kvm/recorder.ts';
import { programWith, type Parts } from './report.testing.ts';
import { start, step, type StepRun } from './runner.ts';
import type { CodeOp } from './types.ts';

/** The tracepoints of each step: outcomes are read off them. */

function stepsOf(kernel: string, parts: Parts): readonly StepRun[] {
  const made: StepRun[] = [];
  for (let next = step(start(kernelOf(kernel), programWith(parts))); next; next = step(next.state))
    made.push(next);
  return made;
}

const names = ({ traces }: StepRun): readonly string[] => traces.map(({ event }) => event);
const argsOf = ({ traces }: StepRun, event: string): Tracepoint['args'] | undefined =>
  traces.find((one) => one.event === event)?.args;

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };
const kernels = ['6.12', '6.12+gif', '7.0', '7.1'];

describe('a VMRUN', () => {
  test('that is consistent tells of the entry', () => {
    for (const kernel of kernels)
      expect(names(stepsOf(kernel, {})[0]!)).toEqual(['kvm_exit', 'kvm_nested_vmenter', 'kvm_entry']);
  });

  test('that is not tells of the failure only', () => {
    for (const kernel of kernels)
      expect(names(stepsOf(kernel, { vmcb12: { intercepts: [] } })[0]!)).toEqual([
        'kvm_exit',
        'kvm_nested_vmenter_failed',
        'kvm_entry',
      ]);
  });
});

/** What became of the first instruction of L2. */
const second = (kernel: string, op: CodeOp): StepRun => stepsOf(kernel, { code: { l2: [op] } })[1]!;

describe('an exit of L2', () => {
  test('is a kvm_nested_vmexit also where L0 handles it', () => {
    for (const kernel of kernels)
      expect(names(second(kernel, { do: 'CPUID' }))).toEqual([
        'kvm_exit',
        'kvm_nested_vmexit',
        'kvm_cpuid',
        'kvm_entry',
      ]);
  });

  test('that L1 sees is one more event, kvm_nested_vmexit_inject, with its code', () => {
    for (const kernel of kernels) {
      const made = second(kernel, { do: 'VMMCALL' });
      expect(names(made)).toEqual(['kvm_exit', 'kvm_nested_vmexit', 'kvm_nested_vmexit_inject', 'kvm_entry']);
      expect(argsOf(made, 'kvm_nested_vmexit_inject')).toEqual({ exit_code: 0x81 });
    }
  });

  test('that drops out of guest mode is marked by kvm_msr alone; what follows tells the kernels apart', () => {
    const dropped = ['kvm_exit', 'kvm_nested_vmexit', 'kvm_msr'];
    for (const kernel of ['6.12', '7.0', '6.12+v1', '7.0+v1'])
      expect(names(second(kernel, clear))).toEqual([...dropped, 'kvm_entry']);
    for (const kernel of ['6.12+v2', '7.0+hook', '7.1'])
      expect(names(second(kernel, clear))).toEqual([...dropped, 'kvm_userspace_exit']);
  });
});

/** The data that kvm_msr tells of a WRMSR that clears SVME. */
const written = (kernel: string): number | undefined =>
  argsOf(stepsOf(kernel, { code: { l1: [clear] } })[0]!, 'kvm_msr')?.['data'];

describe('kvm_msr', () => {
  test('tells what was written', () => {
    expect(kernels.map(written)).toEqual(kernels.map(() => 0xd00));
  });

  test('tells what was read, and whether it was refused', () => {
    for (const kernel of kernels) {
      const [read, refused] = stepsOf(kernel, {
        code: {
          l1: [
            { do: 'RDMSR', msr: 'EFER' },
            { do: 'WRMSR', msr: 'EFER', set: ['TCE'] },
          ],
        },
      });
      expect(argsOf(read!, 'kvm_msr')).toEqual({ write: 0, ecx: 0, data: 0x1d00, exception: 0 });
      expect(argsOf(refused!, 'kvm_msr')).toMatchObject({ write: 1, exception: 1 });
      expect(names(refused!)).toContain('kvm_inj_exception');
    }
  });
});

test('a shutdown that KVM builds tells of each exit on the way', () => {
  const parts: Parts = {
    host: { gpErratum: true },
    code: { l2: [{ do: 'TRIPLE_FAULT' }] },
  };
  for (const kernel of kernels) {
    const codes = stepsOf(kernel, parts)[1]!.traces.filter(({ event }) => event === 'kvm_exit');
    expect(codes.map(({ args }) => args['exit_code'])).toEqual([0x46, 0x4d, 0x4d, 0x4d]);
  }
});

test('SMM entered from L2 tells of the inner #VMEXIT before', () => {
  const parts: Parts = {
    code: { l2: [{ do: 'EXIT' }] },
    userspace: [{ do: 'KVM_SMI' }, { do: 'KVM_RUN' }],
  };
  for (const kernel of kernels) {
    const made = stepsOf(kernel, parts)[3]!;
    const inner = names(made).indexOf('kvm_nested_vmexit_inject');
    expect(argsOf(made, 'kvm_nested_vmexit_inject')).toEqual({ exit_code: 0xf0000000 });
    expect(names(made).indexOf('kvm_smm_transition')).toBeGreaterThan(inner);
  }
});
