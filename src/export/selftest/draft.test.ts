import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { allKernelIds } from '#kvm/kernels.ts';
import { anyProgram } from '#program/arbitrary.testing.ts';
import { formatOp } from '#program/notation.ts';
import { anyStory } from '#program/random-program.testing.ts';
import { programWith } from '#program/report.testing.ts';
import { run } from '#program/runner.ts';
import type { Program } from '#program/types.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { assertedReasons, code, columns, comments, draftOf, planned, textOf } from './draft.testing.ts';

test.each(scenarios)(
  '$id: the draft on its last kernel is the golden one',
  async ({ id, program, kernels }) => {
    await expect(textOf(program, kernels.at(-1)!)).toMatchFileSnapshot(`golden/${id}.c.txt`);
  },
);

const setup = programWith({});
const end = [{ do: 'END' }] as const;

const refusal = (program: Program): string => textOf(program, '7.1');

describe('what no selftest can express is refused', () => {
  test('a guest that does not start in 64-bit mode', () => {
    expect(refusal({ ...setup, guest: { ...setup.guest, efer: ['NX'] } })).toBe(
      "No selftest can express this program: guest.efer without LME and LMA: the library's guests run in 64-bit mode from the start.\n",
    );
  });

  test('GIF clear before SVME was ever set', () => {
    const guest = { ...setup.guest, efer: ['LME', 'LMA', 'NX'], gif: false } as const;
    expect(refusal({ ...setup, guest })).toMatch(/guest\.gif false with EFER\.SVME clear/);
  });

  test('SVME set without the CPUID bit', () => {
    expect(refusal({ ...setup, guest: { ...setup.guest, cpuidSvm: false } })).toMatch(
      /guest\.cpuidSvm false/,
    );
  });

  test('an allocation that fails in the first operation', () => {
    const { program } = scenarios.find(({ id }) => id === 'allocation-fails')!;
    expect(refusal(program)).toBe(
      'No selftest can express this program, which begins so: L1, WRMSR EFER SVME=1: host.allocNestedFails, and a selftest cannot make the allocation of the nested state fail.\n',
    );
  });
});

describe('a draft ends where a selftest can go no further, and says so', () => {
  test.each([
    ['CPL 3', { do: 'CPL', cpl: 3 }, /CPL 3: the library maps no page for the guest's user mode/],
    ['a shutdown by the processor', { do: 'TRIPLE_FAULT', via: 'hardware' }, /exception intercepts/],
    ['HLT', { do: 'HLT' }, /HLT blocks in KVM_RUN/],
  ] as const)('%s in L1', (_, op, reason) => {
    const program = programWith({ code: { l1: [{ do: 'CPUID' }, op, ...end] } });
    const { text, unexpressed } = draftOf(program, '7.1');
    expect(unexpressed.join()).toMatch(reason);
    expect(comments(text)).toMatch(reason);
    expect(text).toContain('assert_port(vcpu, END_PORT, L1_OP(1));');
  });

  test('INIT, before the KVM_RUN that would reset the vCPU', () => {
    const program = programWith({
      host: { irqchip: true },
      code: { l1: [{ do: 'EXIT' }, ...end] },
      userspace: [{ do: 'KVM_SET_VCPU_EVENTS', latchedInit: true }, { do: 'KVM_RUN' }],
    });
    const { text, unexpressed } = draftOf(program, '7.1');
    expect(unexpressed.join()).toContain('INIT resets the vCPU');
    expect(text).toContain('events.smi.latched_init = 1;');
    expect(assertedReasons(text)).toEqual(['KVM_EXIT_IO']);
  });

  test('intercepts that the library has no field for', () => {
    const program = programWith({ vmcb12: { intercepts: ['VMRUN', 'INVPCID'] } });
    expect(draftOf(program, '7.1').unexpressed.join()).toMatch(/no field.*INVPCID|field.*: INVPCID/);
  });
});

describe('what differs between kernels', () => {
  const { program } = scenarios[0]!;

  test('7.0 comes back to L1 without a #VMEXIT, 7.1 shuts down', () => {
    const [old, merged] = [draftOf(program, '7.0').text, draftOf(program, '7.1').text];
    expect(assertedReasons(old)).toEqual(['KVM_EXIT_IO']);
    expect(old).toContain('GUEST_ASSERT_EQ(svm->vmcb->control.exit_code, STALE_EXIT);');
    expect(assertedReasons(merged)).toEqual(['KVM_EXIT_SHUTDOWN', 'KVM_EXIT_IO']);
    expect(merged).toContain('report for kernel 7.1');
  });

  test('without NRIPS L2 goes on as L1, and the draft lets it', () => {
    const one = scenarios.find(({ id }) => id === 'l2-clears-svme-no-nrips')!;
    const { text } = draftOf(one.program, '7.0');
    expect(text).toContain('TEST_REQUIRE(!get_kvm_amd_param_integer("nrips"));');
    expect(text).toContain('assert_port(vcpu, END_PORT, L2_OP(2));');
    expect(text).toContain('GUEST_FAIL("L1 goes on, on 7.0 it does not");');
  });
});

/** Programs of every form, half of them stories that get far, each with a kernel of `all` and what came of it. */
const samples = fc
  .sample(fc.tuple(fc.oneof(anyStory, anyProgram), fc.constantFrom(...allKernelIds)), {
    numRuns: 120,
    seed: 12,
  })
  .map(([program, kernel]) => ({
    program,
    kernel,
    plan: planned(program, kernel),
    text: textOf(program, kernel),
    report: run(kernelOf(kernel), program),
  }));
const drafted = samples.flatMap(({ plan, ...rest }) => (plan ? [{ plan, ...rest }] : []));

describe('of any program', () => {
  test('there are drafts enough to say something', () => {
    expect(drafted.length).toBeGreaterThan(50);
    expect(drafted.filter(({ plan }) => !plan.cut && plan.walked.length > 3).length).toBeGreaterThan(10);
  });

  test('the draft is C whose brackets match, in lines of at most 100 columns, all of ASCII', () => {
    for (const { text } of drafted) {
      for (const [open, close] of ['{}', '()', '[]'])
        expect(code(text).split(open!).length).toBe(code(text).split(close!).length);
      expect(text.split('\n').filter((line) => columns(line) > 100)).toEqual([]);
      expect(text).toMatch(/^[\t\n\x20-\x7e]*$/);
    }
  });

  test('every operation of L1 and L2 stands in the draft, every entry of userspace is there or named', () => {
    for (const { program, text } of drafted) {
      const said = comments(text);
      for (const stream of ['l1', 'l2'] as const)
        for (const [index, op] of program.code[stream].entries())
          expect(said).toContain(`${stream.toUpperCase()} ${index}: ${formatOp(op)}`);
      for (const op of program.userspace) expect(said).toContain(formatOp(op));
    }
  });

  test("the asserted exit reasons are the report's, in its order, as far as the draft goes", () => {
    for (const {
      plan,
      text,
      report: { steps },
    } of drafted) {
      const reasons = steps
        .slice(0, plan.walked.length)
        .flatMap(({ outcome }) => (outcome.kind === 'userspace-exit' ? [outcome.reason] : []));
      const ended = plan.deeds.some(({ ending }) => ending?.kind === 'end');
      expect(assertedReasons(text)).toEqual([...reasons, ...(ended ? ['KVM_EXIT_IO'] : [])]);
      expect(plan.walked.length < steps.length).toBe(plan.cut);
    }
  });

  test('a refusal is one sentence, and not every program is one', () => {
    const refusals = samples.flatMap(({ plan, text }) => (plan ? [] : [text]));
    expect(refusals.length).toBeGreaterThan(5);
    for (const text of refusals) expect(text).toMatch(/^No selftest can express this program[^\n]*\.\n$/);
  });

  test('a draft that is cut says why', () => {
    const cut = drafted.filter(({ plan }) => plan.cut);
    expect(cut.length).toBeGreaterThan(5);
    for (const { plan } of cut) expect(plan.unexpressed[0]).toMatch(/; the draft ends before it$/);
  });
});
