import type { About, Source, Stop } from '#program/talk.ts';
import { hook } from '#kvm/patches/hook.ts';
import { merged } from '#kvm/patches/merged.ts';
import { recalc } from '#kvm/patches/recalc.ts';
import { v1 } from '#kvm/patches/v1.ts';
import { v2 } from '#kvm/patches/v2.ts';
import type { Patch } from '#kvm/patch.ts';
import type { Tour } from '../tours.ts';

/** The discussion of January to March 2026 on the KVM list, each argument in words of our own. */

const from = ({ author, date, messageId }: Patch): Source => ({
  author,
  date,
  ...(messageId !== undefined && { messageId }),
});

/** The objection to v1 and the proposal, one mail. */
const objection: Source = {
  author: 'Sean Christopherson',
  date: '2026-02-04',
  messageId: 'aYO3AaBqbPy_9XdD@google.com',
};

const problems: Source = { author: 'Yosry Ahmed', date: '2026-02-26' };

const test = (fn: string, words: string): About => ({ kind: 'test', fn, test: words });
const of = (fn: string): About => ({ kind: 'function', fn });
const invariant = (id: string): About => ({ kind: 'invariant', id });

const panels = ['chart', 'code'] as const;

/** L2 clears SVME unintercepted, after the write. */
const cleared = { scenario: 'l2-clears-svme', at: 2, show: panels } as const;
const toggled = { scenario: 'l2-clears-then-sets', kernels: ['7.0', '7.0+v1'], show: panels } as const;
const restored = { scenario: 'userspace-sregs', show: panels } as const;

const before: readonly Stop[] = [
  {
    scenario: 'l2-clears-svme',
    at: 1,
    kernels: ['7.0', '7.1'],
    show: ['program', 'chart', 'lanes'],
    title: 'The question',
    text: 'L2 is about to clear EFER.SVME and L1 does not intercept the write. AMD’s manual leaves open what happens then, so **whatever KVM does is KVM’s choice**. For three months of 2026 the list discussed which choice.',
  },
  {
    ...cleared,
    kernels: ['7.0'],
    title: 'Where it began',
    source: { author: 'Paolo Bonzini', date: '2020-05-29' },
    about: of('svm_leave_nested'),
    text: 'c513f484c558 (v5.8) let `svm_set_efer()` drop out of guest mode at once: what the architecture leaves undefined, KVM may end. It forced GIF to 1 as well. Since 2fcf4876ada8 (v5.10) the nested state is allocated and freed with SVME. Nobody reloads L1’s registers on this way.',
  },
  {
    scenario: 'gif-and-svme',
    at: 2,
    kernels: ['6.12', '7.0'],
    show: panels,
    title: 'GIF is left alone first',
    source: { author: 'Jim Mattson', date: '2025-10-07' },
    about: of('svm_set_gif'),
    text: 'The series that ended in 8312f1b9dd71, part of `7.0`: clearing SVME no longer sets GIF. Only `svm_leave_nested()` does, when it really leaves L2. So an L1 that clears SVME with GIF=0 keeps GIF=0.',
  },
];

const january: readonly Stop[] = [
  {
    ...toggled,
    at: 2,
    title: 'v1: do not track it in guest mode',
    source: from(v1),
    about: test('svm_set_efer_svme', 'is_guest_mode(vcpu)'),
    text: '`v1` moves the toggle into a function of its own that returns at once in guest mode: nothing is left, freed or allocated, only EFER changes. The cover letter says itself that architecturally there is no bug to fix.',
  },
  {
    ...toggled,
    at: 4,
    title: 'v1’s own test',
    source: { author: v1.author, date: v1.date },
    about: of('nested_svm_vmexit'),
    text: 'The selftest of the series: L2 clears SVME, reads it back cleared, sets it again and executes VMMCALL. L1 must get its #VMEXIT. With `v1` it does; on `7.0` L2 is long gone.',
  },
];

const february: readonly Stop[] = [
  {
    scenario: 'l2-clears-svme-intercepted',
    at: 2,
    kernels: ['7.0', '7.0+v1'],
    show: panels,
    title: 'Objection: who needs it?',
    source: objection,
    about: test('nested_svm_exit_handled_msr', 'value & mask'),
    text: '- The patch is sold as no longer tracking something, but it **changes what the guest sees**; title and changelog should say so.\n- The reason is thin: only code that means to will get there. A hypervisor that does not intercept EFER is broken, and one that does gets its #VMEXIT as always.',
  },
  {
    ...toggled,
    at: 2,
    title: 'Objection: inconsistent on purpose',
    source: objection,
    about: invariant('I6'),
    text: 'Doing nothing leaves KVM in guest mode with SVME=0, _on purpose_. Code that is added one day behind the test for a changed SVME could then be steered by the guest. To force the vCPU out of nested is safer.',
  },
  {
    ...toggled,
    at: 3,
    title: 'Setting it again is harmless',
    source: objection,
    about: of('svm_allocate_nested'),
    text: '`svm_allocate_nested()` puts up with being called once more than needed. So the half of the toggle that sets SVME is not the problem; the half that clears it is.',
  },
  {
    ...cleared,
    kernels: ['7.0', '7.0+v2'],
    title: 'Proposal: a triple fault at L1',
    source: objection,
    about: invariant('I14'),
    text: 'But to run L1 silently with what L2 left behind is no good either. The proposal: raise a triple fault **at L1**. That is a SHUTDOWN of the vCPU, and explicitly not a #VMEXIT.',
  },
  {
    ...cleared,
    kernels: ['7.0', '7.0+v2'],
    title: 'Accepted; the refactoring is dropped',
    source: {
      author: 'Sean Christopherson',
      date: '2026-02-04',
      messageId: 'aYP8HGQrj2aW6NGJ@google.com',
    },
    about: of('svm_set_efer'),
    text: 'Yosry Ahmed, the author, takes the proposal; this is the mail that settles it. Patch 1/3, which only moved code, goes: its function’s name was not worth an argument.',
  },
  {
    ...cleared,
    kernels: ['7.0', '7.0+v2'],
    title: 'v2: request, then leave',
    source: from(v2),
    about: test('svm_set_efer', 'is_guest_mode(vcpu)'),
    text: 'Two patches, one of them the selftest, not for stable. The request comes **before** `svm_leave_nested()`: after it the test for guest mode would be false.',
  },
  {
    ...restored,
    at: 4,
    kernels: ['7.0', '7.0+v2'],
    title: 'v2 is wrong: userspace restores',
    source: problems,
    about: invariant('I13'),
    text: 'The author himself: the vCPU is in L2, and userspace loads a snapshot with SVME=0. KVM_SET_SREGS comes before KVM_SET_NESTED_STATE, so SVME is cleared while guest mode is still on, and `v2` requests a fault **that no guest earned**.',
  },
  {
    ...restored,
    at: 6,
    kernels: ['7.0', '7.0+v2'],
    title: 'The VM dies at the next KVM_RUN',
    source: problems,
    about: test('vcpu_enter_guest', 'kvm_check_request(KVM_REQ_TRIPLE_FAULT, vcpu)'),
    text: 'Leaving nested meanwhile does not take the request back: it waits for the next KVM_RUN, which is a KVM_EXIT_SHUTDOWN. The first idea for a cure: tell `set_efer` whether the host or the guest writes.',
  },
  {
    ...restored,
    at: 4,
    kernels: ['7.0', '7.0+v2'],
    title: 'A reset is safe',
    source: problems,
    about: invariant('I9'),
    text: '`kvm_vcpu_reset()` clears EFER too. It is safe, because it leaves nested first: by the time EFER is written there is no guest mode to test for. No program here resets the vCPU; what is shown is still the restore of the last stop.',
  },
  {
    ...cleared,
    kernels: ['7.0+v2', '7.0+hook'],
    title: 'A hook around the WRMSR instead?',
    source: from(hook),
    about: test('msr_interception', 'r && efer_l2 && !is_guest_mode(vcpu)'),
    text: 'The counter-idea: leave `svm_set_efer()` alone and look in `msr_interception()` whether the emulated write of EFER ended guest mode. Userspace never comes by there. Its weakness: a #VMEXIT that KVM makes up during the emulation looks the same.',
  },
  {
    ...restored,
    at: 4,
    kernels: ['7.0+v2', '7.1'],
    title: 'wants_to_run',
    source: { author: 'Yosry Ahmed', date: '2026-02-27' },
    about: test('svm_set_efer', 'is_guest_mode(vcpu) && vcpu->wants_to_run'),
    text: '`vcpu->wants_to_run` is true only inside a KVM_RUN without immediate_exit. As a test it is more precise than the hook, and protects a little less: if a reset, say, ever stopped leaving nested first.',
  },
  {
    ...cleared,
    kernels: ['7.0+hook', '7.1'],
    title: 'RSM decides, and the patch is taken',
    source: from({ ...merged, date: '2026-02-27', author: 'Sean Christopherson' }),
    about: of('msr_interception'),
    text: 'RSM writes EFER without a WRMSR, so **the hook would miss it**: what is shown is the one path that it covers. As no bug is fixed, he would rather drop the whole patch; but he is willing to take it with the `wants_to_run` test and to revert it if there is trouble. The final diff is in this mail.',
  },
  {
    scenario: 'l1-sets-and-clears',
    at: 2,
    kernels: ['7.0', '7.1'],
    show: panels,
    title: 'Next door: recalculated intercepts',
    source: from(recalc),
    about: test('vcpu_enter_guest', 'kvm_check_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)'),
    text: '460c7eb2e759, of the same pull for 7.1: when SVME toggles, a request recalculates the intercepts of VMLOAD, VMSAVE, STGI and CLGI. Before it, hardware with virtual GIF or VMLOAD ran them with SVME=0 instead of raising #UD.',
  },
];

const since: readonly Stop[] = [
  {
    ...cleared,
    kernels: ['7.0', '7.1'],
    title: 'Applied: cdc69269b18a',
    source: { author: 'Sean Christopherson', date: merged.date },
    about: test('svm_set_efer', 'is_guest_mode(vcpu) && vcpu->wants_to_run'),
    text: 'Applied for 7.1 with the fixup; no v3 was ever posted. The selftest, 3900e56eb184, is this program: an L1 that intercepts nothing of EFER, and the host must see KVM_EXIT_SHUTDOWN. We found no revert since, which does not prove that there is none.',
  },
  {
    scenario: 'userspace-sync-regs',
    at: 3,
    kernels: ['7.0+hook', '7.1'],
    show: panels,
    title: 'Not on the list: a false positive',
    about: test('svm_set_efer', 'is_guest_mode(vcpu) && vcpu->wants_to_run'),
    text: '**Ours, RECORDED; not discussed on the list.** Sync regs are loaded inside KVM_RUN, where `wants_to_run` is true already. If they clear SVME in L2, what was merged shuts the VM down for userspace’s write. The hook would not.',
  },
  {
    scenario: 'userspace-filtered-write',
    at: 4,
    kernels: ['7.0+v2', '7.0+hook', '7.1'],
    show: panels,
    title: 'Not on the list: a false negative',
    about: invariant('I14'),
    text: '**Ours, RECORDED; not discussed on the list.** An MSR filter hands L2’s write to userspace, which carries it out with KVM_SET_MSRS. Outside KVM_RUN `wants_to_run` is false: L1 runs with L2’s registers after all. Only `v2` stops it.',
  },
];

export const listDiscussion: Tour = {
  id: 'svme-discussion',
  title: 'The list discussion, January to March 2026',
  claim:
    'Why L2’s write became a triple fault of L1: each argument with author and date, at the function or test that it is about.',
  stops: [...before, ...january, ...february, ...since],
};
