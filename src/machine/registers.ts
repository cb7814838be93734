/** What the vCPU holds besides the chart's states. Widths in bits; every value is an unsigned integer. */
export interface Register {
  readonly bits: number;
  readonly about: string;
  /** It points to an instruction: see `code-pointer.ts`. */
  readonly pointer?: true;
}

const flag = (about: string): Register => ({ bits: 1, about });
const word = (about: string): Register => ({ bits: 32, about });
const efer = (about: string): Register => ({ bits: 23, about });
const codePointer = (about: string): Register => ({ bits: 13, about, pointer: true });
const intercepts = <Prefix extends string>(prefix: Prefix, about: string) =>
  Object.fromEntries(
    [0, 1, 2, 3, 4, 5].map((index) => [`${prefix}${index}`, word(`${about}, word ${index}`)]),
  ) as Record<`${Prefix}${0 | 1 | 2 | 3 | 4 | 5}`, Register>;

/**
 * The registers of one vCPU: the host's options, the architectural state, what KVM keeps beside it, the three VMCBs
 * as far as the story needs them. The chart's regions hold the rest; no fact stands in both.
 */
export const registers = {
  npt: flag('kvm_amd.npt'),
  vgif: flag('kvm_amd.vgif'),
  vls: flag('kvm_amd.vls'),
  nrips: flag('kvm_amd.nrips'),
  vmwareBackdoor: flag('kvm.enable_vmware_backdoor'),
  gpErratum: flag('svm_gp_erratum_intercept: the processor lacks SVME_ADDR_CHK'),
  allocNestedFails: flag('memory for the nested state cannot be had'),
  irqchip: flag('in-kernel local APIC'),
  eferWriteFilter: flag('a userspace MSR filter denies writes of EFER'),
  cpuidSvm: flag('CPUID 8000_0001h ECX.SVM of the guest'),

  efer: efer('vcpu->arch.efer without SVME, which is a region'),
  paging: flag('CR0.PG'),
  hsave: flag('VM_HSAVE_PA holds an address'),
  vmCr: { bits: 5, about: 'VM_CR' },
  exitCode: word('control.exit_code of the current VMCB, low word'),
  exitInfo1: word('control.exit_info_1 of the current VMCB'),
  exitInfo2: codePointer('control.exit_info_2 of a port access: the next instruction'),
  halted: flag('vcpu->arch.mp_state is KVM_MP_STATE_HALTED'),
  opcode: word('the instruction at RIP, by the exit code that it has when intercepted'),
  eventInj: { bits: 6, about: 'control.event_inj of the current VMCB: 0, or vector + 1' },
  msr: { bits: 2, about: 'RCX at an MSR access: 0 EFER, 1 VM_HSAVE_PA, 2 VM_CR' },
  msrData: efer('EDX:EAX at a WRMSR'),
  exitReason: { bits: 6, about: 'vcpu->run->exit_reason, the number of KVM_EXIT_*' },
  rip: codePointer('vcpu->arch.regs[RIP]: stream and index, see code-pointer.ts'),
  runPending: flag('svm->nested.nested_run_pending'),
  wantsToRun: flag('vcpu->wants_to_run'),
  svmNextRip: codePointer('svm->next_rip, what the last exit handler left there'),
  pendingException: { bits: 6, about: 'vcpu->arch.exception.pending: 0, or vector + 1' },
  injectedException: { bits: 6, about: 'vcpu->arch.exception.injected: 0, or vector + 1' },
  exceptionVmexit: { bits: 6, about: 'vcpu->arch.exception_vmexit.pending: 0, or vector + 1' },
  exitIntInfo: {
    bits: 6,
    about: 'control.exit_int_info: the event in delivery at the exit, 0 or vector + 1',
  },
  emptyIdt: flag('the IDT of the current VMCB is empty: nothing can be delivered'),
  smiPending: flag('vcpu->arch.smi_pending'),
  initLatched: flag('KVM_APIC_INIT in pending_events of the in-kernel local APIC'),
  nmiMasked: flag('svm->nmi_masked'),
  smmInsideNmi: flag('HF_SMM_INSIDE_NMI_MASK'),
  freed: flag('the vCPU is freed'),
  completion: { bits: 2, about: 'vcpu->arch.complete_userspace_io: 0 none, 1 port write, 2 MSR access' },

  efer01: efer('vmcb01->save.efer'),
  rip01: codePointer('vmcb01->save.rip, L1 after its VMRUN'),
  cpl01: { bits: 2, about: 'vmcb01->save.cpl' },
  nextRip01: codePointer('vmcb01->control.next_rip'),
  gpIntercept01: flag('#GP intercept in vmcb01'),
  vmloadIntercept01: flag('VMLOAD and VMSAVE intercepts in vmcb01'),
  stgiIntercept01: flag('STGI intercept in vmcb01'),
  clgiIntercept01: flag('CLGI intercept in vmcb01'),
  vGif01: flag('V_GIF in vmcb01 while L2 runs on a vGIF host'),

  cpl02: { bits: 2, about: 'vmcb02->save.cpl' },
  nextRip02: codePointer('vmcb02->control.next_rip'),

  ...intercepts('icpt12w', 'vmcb12->control.intercepts in memory of L1'),
  np12: flag('vmcb12->control.nested_ctl NP_ENABLE'),
  asid12: word('vmcb12->control.asid'),
  msrpmRead12: flag('EFER read bit of the MSR permission map in memory of L1'),
  msrpmWrite12: flag('EFER write bit of the MSR permission map in memory of L1'),
  efer12: efer('vmcb12->save.efer'),
  efer12Given: flag('vmcb12->save.efer was written; until then it is what L1 has at its first VMRUN'),
  rip12: codePointer('vmcb12->save.rip'),
  cpl12: { bits: 2, about: 'vmcb12->save.cpl' },
  exitCode12: word('vmcb12->control.exit_code, low word'),

  ...intercepts('icptw', 'svm->nested.ctl.intercepts, the cache of vmcb12'),
  np: flag('svm->nested.ctl.nested_ctl NP_ENABLE'),
  asid: word('svm->nested.ctl.asid'),
  nextRip: codePointer('svm->nested.ctl.next_rip'),
  eferCached: efer('svm->nested.save.efer'),

  smramEfer: efer('EFER in the SMM state-save area'),
  smramRip: codePointer('RIP in the SMM state-save area'),
  smramCpl: { bits: 2, about: 'CPL in the SMM state-save area' },
  smramGuest: flag('svm_guest_flag in the SMM state-save area'),
  hsaveEfer: efer('EFER of L1 in the host save area'),
  hsaveRip: codePointer('RIP of L1 in the host save area'),

  got: flag('userspace holds what KVM_GET_NESTED_STATE returned'),
  gotGuestMode: flag('flags of it: GUEST_MODE'),
  gotRunPending: flag('flags of it: RUN_PENDING'),
  gotGif: flag('flags of it: GIF_SET'),
  ...intercepts('gotIcptw', 'intercepts in its control area'),
  gotNp: flag('NP_ENABLE in its control area'),
  gotAsid: word('ASID in its control area'),
  gotNextRip: codePointer('next_rip in its control area'),
  gotEfer01: efer('EFER in its save area'),
  gotRip01: codePointer('RIP in its save area'),

  warned: { bits: 32, about: 'one bit for each invariant whose WARN fired in this step' },
} as const satisfies Record<string, Register>;

export type RegisterName = keyof typeof registers;

export const registerNames = Object.keys(registers) as readonly RegisterName[];

/** The registers that point to an instruction. */
export const pointerRegisters: readonly RegisterName[] = registerNames.filter(
  (name) => (registers as Readonly<Record<RegisterName, Register>>)[name].pointer,
);

export type Registers = Readonly<Record<RegisterName, number>>;

/** Every register zero. */
export const zeroRegisters: Registers = Object.fromEntries(registerNames.map((name) => [name, 0])) as Record<
  RegisterName,
  number
>;

export const interceptWordRegisters = {
  vmcb12: ['icpt12w0', 'icpt12w1', 'icpt12w2', 'icpt12w3', 'icpt12w4', 'icpt12w5'],
  cache: ['icptw0', 'icptw1', 'icptw2', 'icptw3', 'icptw4', 'icptw5'],
  got: ['gotIcptw0', 'gotIcptw1', 'gotIcptw2', 'gotIcptw3', 'gotIcptw4', 'gotIcptw5'],
} as const satisfies Record<string, readonly RegisterName[]>;
