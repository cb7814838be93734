import { eferValue } from '#isa/efer.ts';
import type { InterceptName } from '#isa/intercepts.ts';
import { exitCode } from '#isa/exit-codes.ts';
import { formatOp } from '#program/notation.ts';
import type { CodeOp, Program } from '#program/types.ts';
import { callLines, comment, eferText, hex, indent } from './c-text.ts';
import { interceptLines, mapLine, opLines, placeText } from './guest-op.ts';
import { archEfer, opLimit } from './limits.ts';
import { everIntercepts, everPages, faults, isStop, stepsAt, type Plan, type Walked } from './plan.ts';
import { goesOnAt } from './support.ts';

/** L1's and L2's code as C functions. */

type GuestStream = 'l1' | 'l2';

/** What `generic_svm_setup()` leaves in vmcb12 and in EFER. */
const libraryIntercepts: readonly InterceptName[] = ['VMRUN', 'VMMCALL'];
const libraryEfer = eferValue(['LME', 'LMA', 'NX', 'SVME']);

function inL1({ next }: Walked): boolean {
  return next.kind === 'guest' && next.stream === 'l1';
}

/** How L1 gets control back after its VMRUN: the exit code, `none` without a #VMEXIT, undefined where it does not. */
function comesBack(plan: Plan, index: number): number | 'none' | undefined {
  const { walked } = plan;
  const from = walked.findIndex(
    ({ next }) => next.kind === 'guest' && next.stream === 'l1' && next.index === index,
  );
  if (from < 0) return undefined;
  const back = walked.findIndex((one, at) => at > from && inL1(one));
  const atEnd = plan.deeds.some(
    ({ ending }) =>
      ending?.kind === 'end' && ending.place.stream === 'l1' && ending.place.index === index + 1,
  );
  if (back < 0 && !atEnd) return undefined;
  const between = walked.slice(from, back < 0 ? undefined : back);
  const codes = between.flatMap(({ made: { step } }) =>
    step.outcome.kind === 'nested-vmexit' ? [step.outcome.exitCode] : [],
  );
  return codes.at(-1) ?? 'none';
}

function exitCodeText(code: number): string {
  const name = Object.entries(exitCode).find(([, value]) => value === code)?.[0];
  if (code === exitCode.ERR) return '(uint32_t)SVM_EXIT_ERR';
  if (name !== undefined && code !== exitCode.SW) return `SVM_EXIT_${name}`;
  if (code >= 0x40 && code < 0x60) return `(SVM_EXIT_EXCP_BASE + ${code - 0x40})`;
  return hex(code);
}

function vmrunLines(plan: Plan, index: number): readonly string[] {
  const jump = plan.jumps.get(index);
  const back = comesBack(plan, index);
  const field = 'svm->vmcb->control.exit_code';
  const before = jump === undefined ? [] : [goesOnAt(plan, jump)];
  if (back === undefined) return [...before, 'run_l2(svm);'];
  if (back === 'none')
    return [
      ...before,
      `${field} = STALE_EXIT;`,
      'run_l2(svm);',
      ...comment(
        [
          `On ${plan.kernel.id} L1 comes back here without a #VMEXIT: vmcb12 is not written, and the general registers are L2's until run_l2() takes L1's from memory.`,
        ],
        1,
      ),
      `GUEST_ASSERT_EQ(${field}, STALE_EXIT);`,
    ];
  return [...before, 'run_l2(svm);', ...callLines('GUEST_ASSERT_EQ', [field, exitCodeText(back)])];
}

/** vmcb12 holds L1's EFER of its first VMRUN where the program does not say otherwise. */
function inheritedEfer(plan: Plan, index: number): readonly string[] {
  const { program } = plan;
  const { l1 } = program.code;
  if (program.vmcb12.efer !== undefined || !program.guest.cpuidSvm) return [];
  if (l1.slice(0, index).some((op) => op.do === 'VMRUN' || (op.do === 'VMCB12' && op.efer))) return [];
  const first = stepsAt(plan, 'l1', index)[0];
  if (!first || archEfer(first.made.before.snapshot) === libraryEfer) return [];
  return ['svm->vmcb->save.efer = rdmsr(MSR_EFER);'];
}

function statements(plan: Plan, stream: GuestStream, index: number, op: CodeOp): readonly string[] {
  if (isStop(plan, stream, index) || opLimit(op, stream) !== undefined)
    return ['/* Not expressed: the draft ends here. */', `outl(END_PORT, ${placeText({ stream, index })});`];
  if (stream === 'l1' && op.do === 'VMRUN')
    return [
      ...inheritedEfer(plan, index),
      ...(faults(plan, index) ? opLines(plan, stream, index, op) : vmrunLines(plan, index)),
    ];
  return opLines(plan, stream, index, op);
}

/** The first operation that the kernel does not come to; undefined where the draft cannot tell. */
function neverReached(plan: Plan, stream: GuestStream): number | undefined {
  if (plan.cut) return undefined;
  const ops = plan.program.code[stream];
  const found = ops.findIndex(
    (op, index) => stepsAt(plan, stream, index).length === 0 && op.do !== 'END' && op.do !== 'VMCB12',
  );
  const after = stepsAt(plan, stream, found - 1);
  return found <= 0 || after.length === 0 ? undefined : found;
}

/** The operations, one after the other, each under its line of the program. */
function body(plan: Plan, stream: GuestStream, entries: ReadonlySet<number>): readonly string[] {
  const ops = plan.program.code[stream];
  const name = stream.toUpperCase();
  const fails = neverReached(plan, stream);
  const entry = (index: number) => (entries.has(index) ? [`case ${index}:`] : []);
  const lines = ops.flatMap((op, index) => [
    ...entry(index),
    ...indent([
      ...(fails === index ? [`GUEST_FAIL("${name} goes on, on ${plan.kernel.id} it does not");`] : []),
      ...comment([`${name} ${index}: ${formatOp(op)}`], 1),
      ...statements(plan, stream, index, op),
    ]),
  ]);
  return [
    ...lines,
    ...entry(ops.length),
    ...(ops.at(-1)?.do === 'END' && !entries.has(ops.length)
      ? []
      : indent([`outl(END_PORT, ${placeText({ stream, index: ops.length })});`])),
  ];
}

export function l2Function(plan: Plan): readonly string[] {
  const head = 'static void l2_guest_code(struct svm_test_data *svm)';
  if (plan.jumps.size === 0) return [head, '{', ...body(plan, 'l2', new Set()), '}'];
  const entries = new Set([0, ...plan.jumps.values()]);
  return [
    ...comment(['L2 begins where L1 put its RIP; each case goes on with the next one.']),
    head,
    '{',
    '\tswitch (l2_first) {',
    ...body(plan, 'l2', entries),
    '\t}',
    '}',
  ];
}

/** What `l1` finds when its first operation runs. */
function setUp(plan: Plan): readonly string[] {
  const { program } = plan;
  const { guest, vmcb12 } = program;
  const begins = goesOnAt(plan, 0);
  const base = ['generic_svm_setup(svm, l2_guest_code, L2_STACK_TOP);', begins, ...setUpVmcb12(program)];
  const efer = eferValue(guest.efer);
  return [
    ...(guest.cpuidSvm ? base : [begins]),
    ...(guest.cpuidSvm && !guest.hsave ? ['wrmsr(MSR_VM_HSAVE_PA, 0);'] : []),
    ...(guest.gif ? [] : ['clgi();']),
    ...(efer === (guest.cpuidSvm ? libraryEfer : libraryEfer & ~eferValue(['SVME']))
      ? []
      : [`wrmsr(MSR_EFER, ${eferText(efer)});`]),
    ...(vmcb12.efer && guest.cpuidSvm ? [`svm->vmcb->save.efer = ${eferText(eferValue(vmcb12.efer))};`] : []),
    ...(program.host.eferWriteFilter ? ['outl(READY_PORT, 0);'] : []),
  ];
}

function setUpVmcb12(program: Program): readonly string[] {
  const { intercepts, msrpm, nestedPaging } = program.vmcb12;
  return [
    ...libraryIntercepts
      .filter((name) => !intercepts.includes(name))
      .flatMap((name) => interceptLines(name, false)),
    ...intercepts
      .filter((name) => !libraryIntercepts.includes(name))
      .flatMap((name) => interceptLines(name, true)),
    ...(msrpm.EFER.read ? [mapLine('read', true)] : []),
    ...(msrpm.EFER.write ? [mapLine('write', true)] : []),
    ...(everIntercepts(program, 'IOIO_PROT') ? ['svm->vmcb->control.iopm_base_pa = iopm_gpa;'] : []),
    ...(everPages(program) ? ['svm->vmcb->control.nested_cr3 = ncr3;'] : []),
    ...(nestedPaging ? ['svm->vmcb->control.nested_ctl = SVM_NESTED_CTL_NP_ENABLE;'] : []),
  ];
}

export function l1Function(plan: Plan): readonly string[] {
  return [
    'static void l1_guest_code(struct svm_test_data *svm)',
    '{',
    ...indent(setUp(plan)),
    '',
    ...body(plan, 'l1', new Set()),
    '}',
  ];
}
