import { comment, indent } from './c-text.ts';
import { everIntercepts, everPages, faults, type Plan } from './plan.ts';

/** What the code of a draft needs beside it: each piece only where something uses it. */

const saved = [
  'rbx',
  'rcx',
  'rdx',
  'rbp',
  'rdi',
  'rsi',
  'r8',
  'r9',
  'r10',
  'r11',
  'r12',
  'r13',
  'r14',
  'r15',
];
const rdi = saved.indexOf('rdi');

/** Whether L1 enters L2, or would if it came so far, by a VMRUN that does not fault. */
function runsL2(plan: Plan): boolean {
  return plan.program.code.l1.some((op, index) => op.do === 'VMRUN' && !faults(plan, index));
}

function usesTripleFault({ program }: Plan, streams: readonly ('l1' | 'l2')[] = ['l1', 'l2']): boolean {
  return streams.some((stream) =>
    program.code[stream].some((op) => op.do === 'TRIPLE_FAULT' && op.via !== 'hardware'),
  );
}

export function globals(plan: Plan): readonly string[] {
  const { program } = plan;
  return [
    'static unsigned long l2_stack[512] __aligned(16);',
    '#define L2_STACK_TOP\t(&l2_stack[ARRAY_SIZE(l2_stack) - 1])',
    '',
    ...comment(["The general registers of whoever does not run: L2's, or while it does, L1's."]),
    `uint64_t idle_gprs[${saved.length}];`,
    ...(runsL2(plan) ? ['uint64_t l1_rsp;'] : []),
    ...(plan.jumps.size > 0 ? ['static int l2_first;'] : []),
    ...(everPages(program) ? ['static uint64_t ncr3;'] : []),
    ...(everIntercepts(program, 'IOIO_PROT') ? ['static uint64_t iopm_gpa;'] : []),
  ];
}

/** What L1 calls before a VMRUN to say where L2 goes on. */
export function goesOnAt(plan: Plan, op: number): string {
  return plan.jumps.size > 0 ? `l2_goes_on_at(svm, ${op});` : 'l2_begins(svm);';
}

/** Where L2 goes on; its registers and its stack are as at its beginning. */
export function entryFunction(plan: Plan): readonly string[] {
  const jumps = plan.jumps.size > 0;
  return [
    'static void l2_guest_code(struct svm_test_data *svm);',
    '',
    ...comment([
      jumps
        ? 'Let the next VMRUN enter L2 at one of its operations, whatever was left of it.'
        : 'Let the next VMRUN enter L2 at its beginning.',
    ]),
    jumps
      ? 'static void l2_goes_on_at(struct svm_test_data *svm, int op)'
      : 'static void l2_begins(struct svm_test_data *svm)',
    '{',
    ...indent([
      ...(jumps ? ['l2_first = op;'] : []),
      `idle_gprs[${rdi}] = (uint64_t)svm;\t/* RDI */`,
      'svm->vmcb->save.rip = (uint64_t)l2_guest_code;',
      'svm->vmcb->save.rsp = (uint64_t)L2_STACK_TOP;',
      ...(usesTripleFault(plan, ['l2'])
        ? ['svm->vmcb->save.idtr.base = get_idt().address;', 'svm->vmcb->save.idtr.limit = get_idt().size;']
        : []),
    ]),
    '}',
  ];
}

export function runL2(plan: Plan): readonly string[] {
  if (!runsL2(plan)) return [];
  return [
    '#define SWAP_GPRS\t\t\t\t\t\\',
    ...saved.map(
      (name, at) => `\t"xchg %%${name}, idle_gprs+${at * 8}\\n\\t"${at === saved.length - 1 ? '' : '\t\t\\'}`,
    ),
    '',
    ...comment([
      'VMRUN that L1 survives however it comes back. Without a #VMEXIT nobody loads RSP and RAX anew, so RSP is taken from memory, as are the other registers, and RAX counts as lost. The library has run_guest() for this, which needs both, and a VMSAVE that is #UD once SVME is clear.',
    ]),
    'static noinline void run_l2(struct svm_test_data *svm)',
    '{',
    ...indent([
      'uint64_t rax = svm->vmcb_gpa;',
      '',
      'asm volatile(SWAP_GPRS',
      '\t     "mov %%rsp, l1_rsp\\n\\t"',
      '\t     "vmrun %%rax\\n\\t"',
      '\t     "mov l1_rsp, %%rsp\\n\\t"',
      '\t     SWAP_GPRS',
      '\t     : "+a" (rax) : : "cc", "memory");',
    ]),
    '}',
  ];
}

export function tripleFault(plan: Plan): readonly string[] {
  if (!usesTripleFault(plan)) return [];
  return [
    ...comment([
      'UD2 with an empty IDT: nothing can be delivered. Should it be stepped over, the IDT is back.',
    ]),
    'static void triple_fault(void)',
    '{',
    ...indent([
      'struct desc_ptr empty = { 0 }, idt = get_idt();',
      '',
      'asm volatile("lidt %0\\n\\tud2\\n\\tlidt %1"',
      '\t     : : "m" (empty), "m" (idt) : "memory");',
    ]),
    '}',
  ];
}
