import { svmeMask } from '#kvm/words.ts';
import { all, any, bitAnd, differ, equal, fact, is, local, localsIn, not, type Expr } from '#machine/expr.ts';
import type { WarnId } from '#machine/warns.ts';
import type { StepWord } from './step-words.ts';

/** A named property of every operation and the state that it leads to. Numbered as the discussion's facts are. */
export interface Invariant {
  readonly id: string;
  readonly statement: string;
  /** Where it is stated: the kernel's own assertion, a commit, a mail. */
  readonly source: string;
  /** Where it asks for something at all; elsewhere it is idle. */
  readonly when: Expr;
  /** What must be true there. A local is a word about the operation: `stepWordMeanings`. */
  readonly holds: Expr;
  /** The kernel's own assertion of it, which must not fire either. */
  readonly asserted?: WarnId;
  /** It speaks of a vCPU that still exists. */
  readonly ofLiving: boolean;
  /** Why this model cannot break it. */
  readonly notModelled?: string;
}

const always: Expr = all();
const l2 = is('guestMode', 'l2');
const word = (name: StepWord): Expr => local(name);
const l1Context = equal(word('next_context'), 1);

type Stated = Pick<Invariant, 'id' | 'statement' | 'source'>;
const stated = (id: string, statement: string, source: string): Stated => ({ id, statement, source });

/** The kernel asserts it itself: its WARN must not fire. */
const asserted = (about: Stated, id: WarnId): Invariant => ({
  ...about,
  when: always,
  holds: always,
  asserted: id,
  ofLiving: false,
});

const ofState = (about: Stated, when: Expr, holds: Expr): Invariant => ({
  ...about,
  when,
  holds,
  ofLiving: true,
});

/** A property of the operation, not of the state alone. */
const ofStep = (about: Stated, when: Expr, holds: Expr): Invariant => ({
  ...about,
  when,
  holds,
  ofLiving: false,
});

const notModelled = (about: Stated, why: string): Invariant => ({
  ...about,
  when: not(1),
  holds: always,
  ofLiving: false,
  notModelled: why,
});

/** Every named invariant, in the order of its number. */
export const invariants: readonly Invariant[] = [
  asserted(
    stated(
      'I1',
      'the nested state is freed only with vmcb01 current',
      'svm_free_nested() WARN, 16ae56d7e052',
    ),
    'I1',
  ),
  asserted(stated('I2', 'VMRUN only with the nested state allocated', 'nested_svm_vmrun() WARN'), 'I2'),
  asserted(stated('I3', 'guest mode is entered from vmcb01', 'enter_svm_guest_mode() WARN'), 'I3'),
  notModelled(
    stated(
      'I4',
      'svm->vmcb is always that of svm->current_vmcb',
      'svm_switch_vmcb() is the only writer, DERIVED',
    ),
    'the chart holds the current VMCB once, so it cannot disagree with itself',
  ),
  ofState(
    stated(
      'I5',
      'guest mode if and only if vmcb02 is current',
      'nested_vmcb02_recalc_intercepts() WARN; I1, I3',
    ),
    always,
    equal(l2, is('vmcb', 'vmcb02')),
  ),
  ofState(
    stated('I6', 'in guest mode the EFER.SVME of L2 is set', 'comment in svm_set_nested_state()'),
    l2,
    is('svme', 'set'),
  ),
  ofState(
    stated('I7', 'the processor finds EFER.SVME set in vmcb01', 'the end of svm_set_efer()'),
    always,
    bitAnd(fact('efer01'), svmeMask),
  ),
  {
    ...ofState(
      stated(
        'I8',
        'SMM and guest mode exclude each other',
        'nested_svm_vmrun(), svm_set_nested_state(), kvm_vcpu_reset()',
      ),
      any(l2, is('smm', 'inside')),
      not(all(l2, is('smm', 'inside'))),
    ),
    asserted: 'I8',
  },
  asserted(stated('I9', 'no vCPU reset in guest mode', 'kvm_vcpu_reset() WARN_ON_ONCE'), 'I9'),
  asserted(
    stated(
      'I10',
      'no nested run is pending at a nested #VMEXIT',
      'nested_svm_vmexit() WARN_ON_ONCE; relaxed for state that userspace stuffs: 3d4470d71fbf, 7212094baef5',
    ),
    'I10',
  ),
  ofStep(
    stated('I11', 'GIF is clear after a #VMEXIT and after a failed VMRUN, set after VMRUN', 'f85a6ce06e4a'),
    any(word('nested_vmexit'), word('vmrun_entered')),
    equal(is('gif', 'set'), word('vmrun_entered')),
  ),
  ofStep(
    stated(
      'I12',
      'userspace can always force the vCPU out of L2',
      'svm_set_nested_state() without GUEST_MODE; 6f4d3ebc24c6',
    ),
    word('forced_leave'),
    not(l2),
  ),
  ofStep(
    stated(
      'I13',
      'state that userspace writes raises no fault that the guest sees',
      'Ahmed, 26 Feb 2026; wants_to_run in cdc69269b18a',
    ),
    word('by_userspace'),
    not(word('stuffed_fault')),
  ),
  ofStep(
    stated(
      'I14',
      "L2's code or registers never run as L1 in consequence of L2's own EFER write",
      'Christopherson, 4 Feb 2026: the reason for v2',
    ),
    l1Context,
    differ(word('stray'), 1),
  ),
  ofState(
    stated(
      'I15',
      'the VMRUN intercept of vmcb12 is set while L2 runs',
      '__nested_vmcb_check_controls(); CVE-2021-29657',
    ),
    l2,
    bitAnd(fact('icptw4'), 1),
  ),
  {
    ...ofState(
      stated(
        'I16',
        'GET_NESTED_STATE_PAGES is pending only in guest mode',
        'svm_get_nested_state_pages() WARN',
      ),
      is('getNestedStatePages', 'pending'),
      l2,
    ),
    asserted: 'I16',
  },
  notModelled(
    stated('I17', 'the PLE window is left alone in guest mode', 'grow_ple_window() WARN_ON'),
    'the pause-loop window is not part of the model',
  ),
  ofStep(
    stated(
      'I18',
      "a triple fault of L2 belongs to L1's SHUTDOWN intercept first",
      'nested_svm_triple_fault(), 92e7d5c83aff',
    ),
    all(word('l2_fault'), word('l1_shutdown_intercept')),
    not(word('shutdown')),
  ),
  ofState(
    stated(
      'I19',
      'outside SMM the nested state is allocated if and only if EFER.SVME is set',
      '2fcf4876ada8',
    ),
    is('smm', 'outside'),
    equal(is('nested', 'allocated'), is('svme', 'set')),
  ),
  ofStep(
    stated(
      'I20',
      "a KVM_RUN after KVM_EXIT_SHUTDOWN never runs L2's code as L1",
      'recorded: broken on 6.12+v2 and 6.12+merged',
    ),
    l1Context,
    differ(word('stray'), 2),
  ),
];

/** Whether a look at the state alone decides it, but for the kernel's own assertion. */
export function isOfState({ when, holds }: Invariant): boolean {
  return localsIn(when).length === 0 && localsIn(holds).length === 0;
}
