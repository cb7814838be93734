import { interceptMask, interceptWord } from '#isa/intercepts.ts';
import { all, any, bitAnd, choose, fact, is, local, not } from '#machine/expr.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { call, effect, fn, giveBack, send, test, write } from '../ir.ts';
import { archEfer, errno, isGuestMode, isSmm, svmeMask } from '../words.ts';

/**
 * KVM_GET_NESTED_STATE and KVM_SET_NESTED_STATE. What userspace holds between the two stands in the `got` registers.
 * Source: nested.c of Linux 6.12.117.
 */

export const svm_get_nested_state = fn('svm_get_nested_state', 'svm/nested.c', [
  effect('kvm_state.flags, .hdr', [
    write('got', 1),
    write('gotGuestMode', isGuestMode),
    write('gotRunPending', all(isGuestMode, fact('runPending'))),
    write('gotGif', is('gif', 'set')),
  ]),
  test('!is_guest_mode(vcpu)', not(isGuestMode), [giveBack('return kvm_state.size', 0)]),
  call('copy_nested_state'),
  giveBack('return kvm_state.size', 0),
]);

/** The payload: the cached control area of vmcb12 and the save area of vmcb01. */
export const copy_nested_state = fn(
  'copy_nested_state',
  'svm/nested.c',
  [
    effect('nested_copy_vmcb_cache_to_control(ctl, &svm->nested.ctl)', [
      ...interceptWordRegisters.cache.map((from, index) =>
        write(interceptWordRegisters.got[index]!, fact(from)),
      ),
      write('gotNp', fact('np')),
      write('gotAsid', fact('asid')),
      write('gotNextRip', fact('nextRip')),
    ]),
    effect('copy_to_user(&user_vmcb->save, &svm->vmcb01.ptr->save)', [
      write('gotEfer01', fact('efer01')),
      write('gotRip01', fact('rip01')),
    ]),
  ],
  { visibility: 'inlined' },
);

const guestModeFlag = local('guest_mode');
const runPendingFlag = local('run_pending');
const gifFlag = local('gif_set');

/** The flags that KVM_SET_NESTED_STATE takes with SVME=0; a patch of 7.0 accepts none at all too. */
export const onlyGifSet = any(guestModeFlag, runPendingFlag, not(gifFlag));

export const svm_set_nested_state = fn(
  'svm_set_nested_state',
  'svm/nested.c',
  [
    test(
      '!(vcpu->arch.efer & EFER_SVME)',
      not(bitAnd(archEfer, svmeMask)),
      [
        test('kvm_state->flags != KVM_STATE_NESTED_GIF_SET', onlyGifSet, [
          giveBack('return -EINVAL', errno.EINVAL),
        ]),
      ],
      [],
      { by: 'apm', source: 'APM vol. 2, VMRUN: EFER.SVME is zero' },
    ),
    test('is_smm(vcpu) && (kvm_state->flags & KVM_STATE_NESTED_GUEST_MODE)', all(isSmm, guestModeFlag), [
      giveBack('return -EINVAL', errno.EINVAL),
    ]),
    test('!(kvm_state->flags & KVM_STATE_NESTED_GUEST_MODE)', not(guestModeFlag), [
      call('svm_leave_nested'),
      call('svm_set_gif', { value: gifFlag }),
      giveBack('return 0', 0),
    ]),
    test('!page_address_valid(vcpu, kvm_state->hdr.svm.vmcb_pa)', not(fact('gotGuestMode')), [
      giveBack('return -EINVAL', errno.EINVAL),
    ]),
    call(
      '__nested_vmcb_check_controls',
      {
        vmrun: bitAnd(fact(interceptWordRegisters.got[interceptWord('VMRUN')]!), interceptMask('VMRUN')),
        asid: fact('gotAsid'),
        np: fact('gotNp'),
      },
      { into: 'controls' },
    ),
    test('!__nested_vmcb_check_controls(vcpu, &ctl_cached)', not(local('controls')), [
      giveBack('return -EINVAL', errno.EINVAL),
    ]),
    call('__nested_copy_vmcb_save_to_cache', { to_nested: 0 }),
    call('__nested_vmcb_check_save', { efer: fact('gotEfer01') }, { into: 'save' }),
    test('!__nested_vmcb_check_save(vcpu, &save_cached)', not(local('save')), [
      giveBack('return -EINVAL', errno.EINVAL),
    ]),
    test(
      'is_guest_mode(vcpu)',
      isGuestMode,
      [call('svm_leave_nested')],
      [effect('vmcb02->save = vmcb01->save', [write('cpl02', fact('cpl01'))])],
    ),
    call('svm_set_gif', { value: gifFlag }),
    effect('svm->nested.nested_run_pending = flags & RUN_PENDING', [write('runPending', runPendingFlag)]),
    call('svm_copy_vmrun_state', { from_payload: 1 }),
    call('nested_copy_vmcb_control_to_cache', { from_payload: 1 }),
    call('svm_switch_vmcb', { target: 2 }),
    call('nested_vmcb02_prepare_control'),
    call('nested_svm_load_cr3'),
    effect('kvm_make_request(KVM_REQ_GET_NESTED_STATE_PAGES, vcpu)', [send('REQUEST_NESTED_STATE_PAGES')]),
    giveBack('return 0', 0),
  ],
  { params: ['guest_mode', 'run_pending', 'gif_set'] },
);

const fromPayload = local('from_payload');
const fromHsave = local('from_hsave');
const toHsave = local('to_hsave');

/** Between vmcb01 and the payload of KVM_SET_NESTED_STATE, or the host save area that SMM uses. */
export const svm_copy_vmrun_state = fn(
  'svm_copy_vmrun_state',
  'svm/nested.c',
  [
    effect('the state of L1 is copied', [
      write('efer01', choose(fromHsave, fact('hsaveEfer'), fact('gotEfer01')), any(fromPayload, fromHsave)),
      write('rip01', choose(fromHsave, fact('hsaveRip'), fact('gotRip01')), any(fromPayload, fromHsave)),
      write('cpl01', 0, any(fromPayload, fromHsave)),
      write('hsaveEfer', fact('efer01'), toHsave),
      write('hsaveRip', fact('rip01'), toHsave),
    ]),
  ],
  { params: ['from_payload', 'from_hsave', 'to_hsave'] },
);

export const svm_get_nested_state_pages = fn('svm_get_nested_state_pages', 'svm/nested.c', [
  call('nested_svm_vmrun_msrpm'),
  giveBack('return true', 1),
]);
