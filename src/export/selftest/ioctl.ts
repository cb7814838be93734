import type { VcpuSnapshot } from '#machine/facts.ts';
import { formatOp } from '#program/notation.ts';
import type { UserspaceOp } from '#program/types.ts';
import { callLines, comment, eferText, hex } from './c-text.ts';
import { changedText, placeText } from './guest-op.ts';
import { archEfer } from './limits.ts';
import type { Deed, Ending } from './plan.ts';

/** One entry of userspace's list as statements of main(). */

const errnoNames: Readonly<Record<number, string>> = {
  4: 'EINTR',
  5: 'EIO',
  12: 'ENOMEM',
  14: 'EFAULT',
  16: 'EBUSY',
  22: 'EINVAL',
};

function errnoText(errno: number): string {
  return errnoNames[errno] ?? String(errno);
}

function failing(call: string, errno: number): readonly string[] {
  const name = errnoText(errno);
  return callLines('TEST_ASSERT', [`${call} == -1 && errno == ${name}`, `"${name} expected"`]);
}

/** The call that must succeed, or the one that returns -1 with errno. */
function calling(good: string, bad: string, { outcome }: Deed): readonly string[] {
  return outcome?.kind === 'ioctl' && outcome.errno < 0 ? failing(bad, -outcome.errno) : [`${good};`];
}

/** What userspace sees of the vCPU once the guest has stopped, or a register was written. */
function stateLines({ vague }: Deed, after: VcpuSnapshot): readonly string[] {
  if (vague) return ['/* Whether the shutdown reset the vCPU is up to the processor. */'];
  return callLines('assert_vcpu', [
    'vcpu',
    eferText(archEfer(after)),
    String(after.value.guestMode === 'l2'),
  ]);
}

function endingLines(ending: Ending): readonly string[] {
  if (ending.kind === 'errno') return failing('__vcpu_run(vcpu)', ending.errno);
  const reason = ending.kind === 'exit' ? ending.reason : 'KVM_EXIT_IO';
  const port = ending.kind === 'end' ? 'END_PORT' : 'EXIT_PORT';
  return [
    'vcpu_run(vcpu);',
    `TEST_ASSERT_KVM_EXIT_REASON(vcpu, ${reason});`,
    ...(ending.place ? [`assert_port(vcpu, ${port}, ${placeText(ending.place)});`] : []),
    ...(reason === 'KVM_EXIT_X86_WRMSR' ? ['TEST_ASSERT_EQ(vcpu->run->msr.index, MSR_EFER);'] : []),
  ];
}

function syncLines(op: UserspaceOp & { do: 'KVM_RUN' }): readonly string[] {
  if (!op.syncSregs) return [];
  return [
    'vcpu_sregs_get(vcpu, &vcpu->run->s.regs.sregs);',
    `vcpu->run->s.regs.sregs.efer = ${changedText('vcpu->run->s.regs.sregs.efer', op.syncSregs.efer)};`,
    'vcpu->run->kvm_dirty_regs = KVM_SYNC_X86_SREGS;',
  ];
}

function runLines(op: UserspaceOp & { do: 'KVM_RUN' }, deed: Deed): readonly string[] {
  const { ending, outcome } = deed;
  if (ending) return [...syncLines(op), ...endingLines(ending)];
  const exited = outcome?.kind === 'userspace-exit' ? outcome.reason : undefined;
  if (exited === undefined && !op.syncSregs && outcome?.kind === 'ioctl' && outcome.errno === -4)
    return ['vcpu_run_complete_io(vcpu);'];
  return [
    ...syncLines(op),
    'vcpu->run->immediate_exit = 1;',
    ...(exited === undefined
      ? failing('__vcpu_run(vcpu)', outcome?.kind === 'ioctl' ? -outcome.errno : 0)
      : ['TEST_ASSERT_EQ(__vcpu_run(vcpu), 0);', `TEST_ASSERT_KVM_EXIT_REASON(vcpu, ${exited});`]),
    'vcpu->run->immediate_exit = 0;',
  ];
}

function sregsLines(op: UserspaceOp & { do: 'KVM_SET_SREGS' }, deed: Deed): readonly string[] {
  const writesBack = !op.efer.set?.length && !op.efer.clear?.length;
  return [
    'vcpu_sregs_get(vcpu, &sregs);',
    ...(writesBack ? [] : [`sregs.efer = ${changedText('sregs.efer', op.efer)};`]),
    ...calling('vcpu_sregs_set(vcpu, &sregs)', '_vcpu_sregs_set(vcpu, &sregs)', deed),
    ...(writesBack ? ['vcpu_regs_get(vcpu, &regs);', 'vcpu_regs_set(vcpu, &regs);'] : []),
  ];
}

function setNestedLines(op: UserspaceOp & { do: 'KVM_SET_NESTED_STATE' }, deed: Deed): readonly string[] {
  const names: Readonly<Record<string, string>> = {
    GUEST_MODE: 'KVM_STATE_NESTED_GUEST_MODE',
    RUN_PENDING: 'KVM_STATE_NESTED_RUN_PENDING',
    GIF_SET: 'KVM_STATE_NESTED_GIF_SET',
  };
  const flags = (op.flags ?? []).map((flag) => names[flag]!).join(' | ');
  const text = op.restore ? 'got_flags' : flags === '' ? '0' : flags;
  return [
    `got->flags = ${text};`,
    ...calling('vcpu_nested_state_set(vcpu, got)', '__vcpu_nested_state_set(vcpu, got)', deed),
  ];
}

const getNestedLines = [
  'got->size = nested_size;',
  'vcpu_nested_state_get(vcpu, got);',
  'got_flags = got->flags;',
] as const;

function eventLines(op: UserspaceOp & { do: 'KVM_SET_VCPU_EVENTS' }, deed: Deed): readonly string[] {
  const smm = op.smm !== undefined || op.latchedInit !== undefined;
  const flags = [
    ...(smm ? ['KVM_VCPUEVENT_VALID_SMM'] : []),
    ...(op.tripleFault === undefined ? [] : ['KVM_VCPUEVENT_VALID_TRIPLE_FAULT']),
  ];
  return [
    'vcpu_events_get(vcpu, &events);',
    ...callLines('events.flags =', [flags.join(' | ')]).map((line) =>
      line.replace('=(', '= ').replace(');', ';'),
    ),
    ...(op.smm === undefined ? [] : [`events.smi.smm = ${Number(op.smm)};`]),
    ...(op.latchedInit === undefined ? [] : [`events.smi.latched_init = ${Number(op.latchedInit)};`]),
    ...(op.tripleFault === undefined ? [] : [`events.triple_fault.pending = ${Number(op.tripleFault)};`]),
    ...calling('vcpu_events_set(vcpu, &events)', '__vcpu_ioctl(vcpu, KVM_SET_VCPU_EVENTS, &events)', deed),
  ];
}

function msrsLines(op: UserspaceOp & { do: 'KVM_SET_MSRS' }, deed: Deed): readonly string[] {
  const count = deed.outcome?.kind === 'ioctl' ? (deed.outcome.count ?? 0) : 0;
  const value = changedText('vcpu_get_msr(vcpu, MSR_EFER)', op.efer);
  return callLines('TEST_ASSERT_EQ', [`_vcpu_set_msr(vcpu, MSR_EFER, ${value})`, String(count)]);
}

function opLines(op: UserspaceOp, deed: Deed, hasGot: boolean): readonly string[] {
  switch (op.do) {
    case 'KVM_RUN':
      return runLines(op, deed);
    case 'KVM_SET_SREGS':
      return sregsLines(op, deed);
    case 'KVM_SET_MSRS':
      return msrsLines(op, deed);
    case 'KVM_GET_NESTED_STATE':
      return getNestedLines;
    case 'KVM_SET_NESTED_STATE':
      // One that enters guest mode sets what userspace got last; where it got nothing yet, it gets it now.
      return [
        ...(op.flags?.includes('GUEST_MODE') && !hasGot ? getNestedLines : []),
        ...setNestedLines(op, deed),
      ];
    case 'KVM_SMI':
      return ['vcpu_ioctl(vcpu, KVM_SMI, NULL);'];
    case 'KVM_SET_VCPU_EVENTS':
      return eventLines(op, deed);
    case 'CLOSE':
      return ['/* The vCPU is freed while it is as it is. */'];
  }
}

/** The statements of one entry; `hasGot`: userspace has called KVM_GET_NESTED_STATE before. */
export function deedLines(deed: Deed, hasGot: boolean): readonly string[] {
  const { op, ending, after } = deed;
  if (!op) return ending ? [...endingLines(ending), ...stateLines(deed, after)] : [];
  return [
    ...comment([formatOp(op)], 1),
    ...opLines(op, deed, hasGot),
    ...(op.do === 'CLOSE' || op.do === 'KVM_SMI' ? [] : stateLines(deed, after)),
  ];
}

export const portNumbers = { EXIT_PORT: hex(0xe0), END_PORT: hex(0xe8), READY_PORT: hex(0xf0) } as const;
