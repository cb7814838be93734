import { assign, setup, stateIn } from 'xstate';
import type { VcpuEvent } from './effects.ts';
import { registerGuards, stateGuards } from './guards.ts';
import { zeroRegisters, type Registers } from './registers.ts';
import { warnBit, type WarnId } from './warns.ts';

const warn = (id: WarnId) => ({ type: 'warn', params: { id } }) as const;

/**
 * The vCPU's state, as one parallel statechart.
 *
 * Events are the primitive effects that KVM and the processor have; which of them happen, and in which order, is
 * written in `kvm/`. What the kernel asserts with a WARN is a guard here. A broken one still moves the chart, as the
 * kernel goes on after a WARN, and leaves its mark in `warned`.
 */
export const vcpuMachine = setup({
  types: {} as { context: Registers; events: VcpuEvent; input: Partial<Registers> },
  guards: {
    vmcb01IsCurrent: stateIn(stateGuards.vmcb01IsCurrent),
    nestedIsAllocated: stateIn(stateGuards.nestedIsAllocated),
    inGuestMode: stateIn(stateGuards.inGuestMode),
    noRunPending: ({ context }) =>
      context[registerGuards.noRunPending.register] === registerGuards.noRunPending.value,
  },
  actions: {
    write: assign(({ event }) => (event.type === 'WRITE' ? { [event.register]: event.value } : {})),
    warn: assign(({ context }, { id }: { id: WarnId }) => ({ warned: (context.warned | warnBit(id)) >>> 0 })),
  },
}).createMachine({
  id: 'vcpu',
  context: ({ input }) => ({ ...zeroRegisters, ...input }),
  type: 'parallel',
  on: { WRITE: { actions: 'write' } },
  states: {
    run: {
      initial: 'guest',
      states: {
        guest: { on: { VMEXIT: 'kvm' } },
        kvm: {
          on: { VMENTRY: 'guest', EXIT_TO_USERSPACE: 'userspace', SHUT_DOWN: 'shutdown', HALT: 'halted' },
        },
        userspace: { on: { IOCTL: 'kvm' } },
        halted: { on: { IOCTL: 'kvm' } },
        shutdown: { on: { IOCTL: 'kvm' } },
      },
    },
    guestMode: {
      initial: 'l1',
      states: {
        l1: {
          on: {
            ENTER_GUEST_MODE: [
              { guard: 'nestedIsAllocated', target: 'l2' },
              { target: 'l2', actions: warn('I2') },
            ],
          },
        },
        l2: {
          on: {
            LEAVE_GUEST_MODE: [
              { guard: 'noRunPending', target: 'l1' },
              { target: 'l1', actions: warn('I10') },
            ],
            ENTER_SMM: { actions: warn('I8') },
            RESET: { actions: warn('I9') },
          },
        },
      },
    },
    vmcb: {
      initial: 'vmcb01',
      states: {
        vmcb01: { on: { SWITCH_TO_VMCB02: 'vmcb02' } },
        vmcb02: { on: { SWITCH_TO_VMCB01: 'vmcb01', SWITCH_TO_VMCB02: { actions: warn('I3') } } },
      },
    },
    svme: {
      initial: 'clear',
      states: {
        clear: { on: { SET_SVME: 'set' } },
        set: { on: { CLEAR_SVME: 'clear' } },
      },
    },
    nested: {
      initial: 'none',
      states: {
        none: { on: { ALLOCATE_NESTED: 'allocated' } },
        allocated: {
          on: {
            FREE_NESTED: [
              { guard: 'vmcb01IsCurrent', target: 'none' },
              { target: 'none', actions: warn('I1') },
            ],
          },
        },
      },
    },
    gif: {
      initial: 'set',
      states: {
        set: { on: { CLEAR_GIF: 'clear' } },
        clear: { on: { SET_GIF: 'set' } },
      },
    },
    smm: {
      initial: 'outside',
      states: {
        outside: { on: { ENTER_SMM: 'inside' } },
        inside: {
          on: {
            LEAVE_SMM: 'outside',
            ENTER_GUEST_MODE: { actions: warn('I8') },
            RESET: { actions: warn('I9') },
          },
        },
      },
    },
    requests: {
      type: 'parallel',
      states: {
        tripleFault: {
          initial: 'idle',
          states: {
            idle: { on: { REQUEST_TRIPLE_FAULT: 'pending' } },
            pending: { on: { CLEAR_TRIPLE_FAULT: 'idle' } },
          },
        },
        getNestedStatePages: {
          initial: 'idle',
          states: {
            idle: { on: { REQUEST_NESTED_STATE_PAGES: 'pending' } },
            pending: {
              on: {
                CLEAR_NESTED_STATE_PAGES: 'idle',
                SERVE_NESTED_STATE_PAGES: [
                  { guard: 'inGuestMode', target: 'idle' },
                  { target: 'idle', actions: warn('I16') },
                ],
              },
            },
          },
        },
        event: {
          initial: 'idle',
          states: {
            idle: { on: { REQUEST_EVENT: 'pending' } },
            pending: { on: { CLEAR_EVENT: 'idle' } },
          },
        },
        smi: {
          initial: 'idle',
          states: {
            idle: { on: { REQUEST_SMI: 'pending' } },
            pending: { on: { CLEAR_SMI: 'idle' } },
          },
        },
        recalcIntercepts: {
          initial: 'idle',
          states: {
            idle: { on: { REQUEST_RECALC_INTERCEPTS: 'pending' } },
            pending: { on: { CLEAR_RECALC_INTERCEPTS: 'idle' } },
          },
        },
      },
    },
  },
});
