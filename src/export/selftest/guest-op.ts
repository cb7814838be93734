import { exceptionName } from '#isa/exceptions.ts';
import { interceptBits, type InterceptName } from '#isa/intercepts.ts';
import type { StreamName } from '#machine/code-pointer.ts';
import { eferValue } from '#isa/efer.ts';
import type { CodeOp, EferChange, PlainInstruction, Vmcb12Op } from '#program/types.ts';
import { callLines, eferText, operand } from './c-text.ts';
import { archEfer } from './limits.ts';
import { readsMayExit, stepsAt, type Place, type Plan, type Walked } from './plan.ts';
import { goesOnAt } from './support.ts';

/** One operation of L1's or L2's code as C statements. */

/** The places in the program are numbers that the guest writes to a port. */
export function placeText({ stream, index }: Place): string {
  return `${stream.toUpperCase()}_OP(${index})`;
}

/** The vector that each completed execution ended with, 0 for none; undefined where they differ. */
function vectorOf(steps: readonly Walked[]): number | undefined {
  const vectors = new Set(
    steps.flatMap(({ made }) => {
      const { outcome } = made.step;
      if (outcome.kind === 'nested-vmexit') return [];
      return [outcome.kind === 'exception' ? outcome.vector : 0];
    }),
  );
  if (vectors.size > 1) return undefined;
  const [only] = vectors;
  return only ?? 0;
}

function vectorText(vector: number): string {
  return `${exceptionName(vector).slice(1)}_VECTOR`;
}

/** The statement where no fault is expected, or the form of it that returns the vector. */
function checked(plain: string, safe: string, vector: number | undefined): readonly string[] {
  if (vector === 0) return [`${plain};`];
  if (vector === undefined) return [`(void)${safe};`];
  return callLines('GUEST_ASSERT_EQ', [safe, vectorText(vector)]);
}

interface Assembly {
  readonly text: string;
  readonly inputs?: string;
}

const assemblies: Readonly<Record<Exclude<PlainInstruction, 'VMMCALL' | 'CPUID'>, Assembly>> = {
  VMRUN: { text: 'vmrun %%rax', inputs: '"a" (svm->vmcb_gpa)' },
  VMLOAD: { text: 'vmload %%rax', inputs: '"a" (svm->vmcb_gpa)' },
  VMSAVE: { text: 'vmsave %%rax', inputs: '"a" (svm->vmcb_gpa)' },
  STGI: { text: 'stgi' },
  CLGI: { text: 'clgi' },
  SKINIT: { text: 'skinit %%eax', inputs: '"a" (0)' },
  INVLPGA: { text: 'invlpga %%rax, %%ecx', inputs: '"a" (0), "c" (1)' },
  HLT: { text: 'hlt' },
  RSM: { text: 'rsm' },
};

function assembled({ text, inputs }: Assembly, vector: number | undefined): readonly string[] {
  const given = inputs === undefined ? '' : `${inputs} `;
  const safe = `kvm_asm_safe("${text}"${inputs === undefined ? '' : `, ${inputs}`})`;
  // Without operands the compiler takes % as it stands.
  return checked(`asm volatile("${text}" : : ${given}: "memory")`, safe, vector);
}

function plainInstruction(name: PlainInstruction, vector: number | undefined): readonly string[] {
  if (name === 'VMMCALL') {
    if (vector === 0) return ['vmmcall();'];
    return assembled({ text: 'vmmcall', inputs: '"a" (0xdeadbeef), "c" (0xbeefdead)' }, vector);
  }
  if (name === 'CPUID') {
    if (vector === 0) return ['this_cpu_fms();	/* CPUID */'];
    return assembled({ text: 'cpuid', inputs: '"a" (0), "c" (0)' }, vector);
  }
  return assembled(assemblies[name], vector);
}

/** EFER with these bits set and cleared, as an expression over what it is now. */
export function changedText(current: string, { set = [], clear = [] }: EferChange): string {
  const on = set.length === 0 ? current : `${current} | ${eferText(eferValue(set))}`;
  if (clear.length === 0) return on;
  return `${operand(on === current ? current : on)} & ~${operand(eferText(eferValue(clear)))}`;
}

const msrMacros = { EFER: 'MSR_EFER', VM_HSAVE_PA: 'MSR_VM_HSAVE_PA', VM_CR: 'MSR_VM_CR' } as const;

const pageMask = 0xfffn;
const addressLimit = 1n << 40n;

function writtenText(plan: Plan, op: CodeOp & { do: 'WRMSR' }, steps: readonly Walked[]): string {
  if (op.value !== undefined) {
    const value = BigInt(op.value);
    const isPage = value !== 0n && (value & pageMask) === 0n && value < addressLimit;
    if (op.msr === 'VM_HSAVE_PA' && isPage) return 'svm->save_area_gpa';
    return `0x${value.toString(16)}ull`;
  }
  const first = steps[0];
  if (readsMayExit(plan.program) && first) return eferText(first.made.state.snapshot.context.msrData);
  return changedText('rdmsr(MSR_EFER)', op);
}

function rdmsr(op: CodeOp & { do: 'RDMSR' }, steps: readonly Walked[], vector: number | undefined) {
  const msr = msrMacros[op.msr];
  if (vector !== 0) return checked('', `rdmsr_safe(${msr}, &(uint64_t){ 0 })`, vector);
  const values = new Set(
    steps
      .filter(({ made }) => made.step.outcome.kind === 'resume')
      .map(({ made }) => archEfer(made.state.snapshot)),
  );
  const [value] = values;
  if (op.msr !== 'EFER' || value === undefined || values.size > 1) return [`rdmsr(${msr});`];
  return callLines('GUEST_ASSERT_EQ', [`rdmsr(${msr})`, operand(eferText(value))]);
}

/** A bit of vmcb12's intercept words: the field of the library's struct and the mask; undefined where it has none. */
export function interceptField(name: InterceptName): { field: string; mask: string } | undefined {
  const bit = interceptBits[name];
  if (bit < 32) return { field: 'intercept_cr', mask: `BIT(${bit})` };
  if (bit < 64) return { field: 'intercept_dr', mask: `BIT(${bit - 32})` };
  if (bit < 96) return { field: 'intercept_exceptions', mask: `BIT(${bit - 64})` };
  if (bit >= 160) return undefined;
  const named = bit <= interceptBits.RDPRU;
  return { field: 'intercept', mask: named ? `BIT_ULL(INTERCEPT_${name})` : `BIT_ULL(${bit - 96})` };
}

/** One statement for each bit: a draft is read and edited. */
export function interceptLines(name: InterceptName, on: boolean): readonly string[] {
  const found = interceptField(name);
  if (!found) return [`/* INTERCEPT_${name}: the library's struct vmcb_control_area has no field */`];
  const { field, mask } = found;
  const note = mask.includes(name) ? '' : `\t/* ${name} */`;
  return [`svm->vmcb->control.${field} ${on ? '|=' : '&= ~'}${on ? ' ' : ''}${mask};${note}`];
}

/** Two bits for each MSR of the permission map; EFER's are the first two at this offset. */
const eferMapOffset = 0x820;

export function mapLine(access: 'read' | 'write', on: boolean): string {
  const mask = `BIT(${access === 'read' ? 0 : 1})`;
  const place = `((uint8_t *)svm->msr)[0x${eferMapOffset.toString(16)}]`;
  return `${place} ${on ? '|= ' : '&= ~'}${mask};\t/* EFER, ${access} */`;
}

function pagingLine(on: boolean): string {
  return `svm->vmcb->control.nested_ctl ${on ? '|= ' : '&= ~'}SVM_NESTED_CTL_NP_ENABLE;`;
}

function vmcb12Lines(plan: Plan, op: Vmcb12Op, jump: number | undefined): readonly string[] {
  const edits = Object.entries(op.intercepts ?? {}) as readonly [InterceptName, boolean][];
  const { read, write } = op.msrpm?.EFER ?? {};
  return [
    ...edits.flatMap(([name, on]) => interceptLines(name, on)),
    ...(read === undefined ? [] : [mapLine('read', read)]),
    ...(write === undefined ? [] : [mapLine('write', write)]),
    ...(op.efer ? [`svm->vmcb->save.efer = ${eferText(eferValue(op.efer))};`] : []),
    ...(op.nestedPaging === undefined ? [] : [pagingLine(op.nestedPaging)]),
    ...(op.asid === undefined ? [] : [`svm->vmcb->control.asid = ${op.asid};`]),
    ...(jump === undefined ? [] : [goesOnAt(plan, jump)]),
  ];
}

/** The statements of an operation that can be expressed. */
export function opLines(plan: Plan, stream: StreamName, index: number, op: CodeOp): readonly string[] {
  const steps = stepsAt(plan, stream, index);
  const vector = vectorOf(steps);
  switch (op.do) {
    case 'WRMSR': {
      const args = `(${msrMacros[op.msr]}, ${writtenText(plan, op, steps)})`;
      return checked(`wrmsr${args}`, `wrmsr_safe${args}`, vector);
    }
    case 'RDMSR':
      return rdmsr(op, steps, vector);
    case 'TRIPLE_FAULT':
      return ['triple_fault();'];
    case 'CPL':
      return ['/* CPL 0 already */'];
    case 'VMCB12':
      return vmcb12Lines(plan, op, plan.jumps.get(index));
    case 'EXIT':
      return [`outl(EXIT_PORT, ${placeText({ stream, index })});`];
    case 'END':
      return [`outl(END_PORT, ${placeText({ stream, index })});`];
    case 'SMRAM':
      return [];
    default:
      return plainInstruction(op.do, vector);
  }
}
