import { eferValue } from '#isa/efer.ts';
import { formatOp } from '#program/notation.ts';
import type { CodeOp, EferChange } from '#program/types.ts';
import { comment, hex, indent } from './c-text.ts';
import { opLimit } from './limits.ts';
import { isStop, type Plan } from './plan.ts';

/** The SMI handler: 16-bit code that is copied into SMRAM, as far as selftests can have one. */

/** Whether the handler ever runs. */
export function usesSmm({ walked, deeds }: Plan): boolean {
  return (
    deeds.some(({ op }) => op?.do === 'KVM_SMI') ||
    walked.some(({ next }) => next.kind === 'guest' && next.stream === 'smm')
  );
}

/** EFER in the state-save area, from SMBASE. Source: AMD APM, Volume 2, "SMRAM State-Save Area". */
const savedEfer = 0xfed0;

function bits({ set = [], clear = [] }: EferChange, place: string): readonly string[] {
  return [
    ...(set.length === 0 ? [] : [`orl $${hex(eferValue(set))}, ${place}`]),
    ...(clear.length === 0 ? [] : [`andl $~${hex(eferValue(clear))}, ${place}`]),
  ];
}

const msrNumbers = { EFER: '0xc0000080', VM_HSAVE_PA: '0xc0010117', VM_CR: '0xc0010114' } as const;

function wrmsr(op: CodeOp & { do: 'WRMSR' }): readonly string[] {
  const index = `movl $${msrNumbers[op.msr]}, %ecx`;
  if (op.value === undefined) return [index, 'rdmsr', ...bits(op, '%eax'), 'wrmsr'];
  const value = BigInt(op.value);
  const low = `movl $0x${(value & 0xffff_ffffn).toString(16)}, %eax`;
  return [index, low, `movl $0x${(value >> 32n).toString(16)}, %edx`, 'wrmsr'];
}

function write(port: 'EXIT_PORT' | 'END_PORT', index: number): readonly string[] {
  return [`movl $" __stringify(SMM_OP(${index})) ", %eax`, `outl %eax, $" __stringify(${port}) "`];
}

function instructions(op: CodeOp, index: number): readonly string[] {
  switch (op.do) {
    case 'WRMSR':
      return wrmsr(op);
    case 'RDMSR':
      return [`movl $${msrNumbers[op.msr]}, %ecx`, 'rdmsr'];
    case 'SMRAM':
      return bits(op.efer, `%cs:${hex(savedEfer)}`);
    case 'TRIPLE_FAULT':
      return ['ud2'];
    case 'EXIT':
      return write('EXIT_PORT', index);
    case 'END':
      return write('END_PORT', index);
    case 'CPUID':
      return ['xorl %eax, %eax', 'cpuid'];
    default:
      return [op.do.toLowerCase()];
  }
}

const asAsm = (lines: readonly string[]): readonly string[] => lines.map((line) => `"${line}\\n\\t"`);

export function smiHandler(plan: Plan): readonly string[] {
  if (!usesSmm(plan)) return [];
  const { smm } = plan.program.code;
  const code = smm.flatMap((op, index) => {
    const ends = isStop(plan, 'smm', index) || opLimit(op, 'smm') !== undefined;
    return [
      ...comment([`SMM ${index}: ${formatOp(op)}${ends ? ', not expressed: the draft ends here' : ''}`], 1),
      ...asAsm(ends ? write('END_PORT', index) : instructions(op, index)),
    ];
  });
  return [
    '#define SMRAM_GPA\t0x1000000',
    '#define SMRAM_SIZE\t0x10000',
    '#define SMRAM_SLOT\t((1 << 16) | 1)\t/* the address space of SMM */',
    '#define SMI_ENTRY\t0x8000',
    '',
    ...comment(['SMM runs it in real mode. It reaches no memory but SMRAM, and has no IDT.']),
    'asm(".pushsection .rodata\\n\\t"',
    ...indent(['".code16\\n"', '"smi_handler:\\n\\t"', ...code]),
    ...indent([...asAsm(write('END_PORT', smm.length)), '"smi_handler_end:\\n\\t"', '".code64\\n\\t"']),
    '    ".popsection");',
    '',
    'extern const uint8_t smi_handler[], smi_handler_end[];',
    '',
    'static void set_up_smram(struct kvm_vm *vm, struct kvm_vcpu *vcpu)',
    '{',
    ...indent([
      'vm_userspace_mem_region_add(vm, VM_MEM_SRC_ANONYMOUS, SMRAM_GPA, SMRAM_SLOT,',
      '\t\t\t    SMRAM_SIZE / PAGE_SIZE, 0);',
      'memcpy(addr_gpa2hva(vm, SMRAM_GPA + SMI_ENTRY), smi_handler,',
      '       smi_handler_end - smi_handler);',
      'vcpu_set_msr(vcpu, MSR_IA32_SMBASE, SMRAM_GPA);',
    ]),
    '}',
  ];
}
