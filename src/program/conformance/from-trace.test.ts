import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernel } from '#kvm/kernels.ts';
import { parseProgram } from '../parse.ts';
import { run } from '../runner.ts';
import { compareCase, type Vocabulary } from './compare.ts';
import { caseFromTrace } from './from-trace.ts';

const vocabulary = JSON.parse(
  readFileSync(join(import.meta.dirname, 'vocabulary.json'), 'utf8'),
) as Vocabulary;

const program = {
  format: 'svmscope/program@1',
  title: 'L1 sets SVME, then userspace writes EFER back',
  host: { vgif: false, vls: false, nrips: true },
  code: { l1: [{ do: 'WRMSR', msr: 'EFER', set: ['SVME'] }, { do: 'EXIT' }] },
  userspace: [{ do: 'KVM_SET_SREGS', efer: {} }],
};

// Made up after what the tracer prints. The page fault and the last port access are the host's and the test's own.
const trace = `# tracer: function_graph
#
# CPU  DURATION                  FUNCTION CALLS
# |     |   |                     |   |   |   |
 0)               |  /* step 0: L1: WRMSR EFER sets SVME */
 0)               |  kvm_arch_vcpu_ioctl_run [kvm]() {
 0)   2.954 us    |    svm_vcpu_pre_run [kvm_amd](); /* = 0x1 */
 0)               |      vcpu_enter_guest [kvm]() {
 0)               |          /* kvm_entry: vcpu 0, rip 0x1000 */
 0)               |          /* kvm_exit: vcpu 0 reason npf rip 0x1000 info1 0x0 info2 0x0 */
 0)               |        svm_handle_exit [kvm_amd]() {
 0)   1.100 us    |          svm_invoke_exit_handler [kvm_amd](); /* = 0x1 */
 0)   9.100 us    |        } /* svm_handle_exit [kvm_amd] = 0x1 */
 0)   9.900 us    |      } /* vcpu_enter_guest [kvm] = 0x1 */
 0)               |      vcpu_enter_guest [kvm]() {
 0)               |          /* kvm_entry: vcpu 0, rip 0x1000 */
 0)               |          /* kvm_exit: vcpu 0 reason msr rip 0x1000 info1 0x1 info2 0x0 */
 0)   0.900 us    |        recalc_intercepts [kvm_amd](); /* before the handler, not of the path */
 0)               |        svm_handle_exit [kvm_amd]() {
 0)               |          svm_invoke_exit_handler [kvm_amd]() {
 0)               |            msr_interception [kvm_amd]() {
 0)               |              kvm_emulate_wrmsr [kvm]() {
 0)               |                kvm_set_msr_with_filter [kvm]() {
 0)               |                  kvm_set_msr_ignored_check [kvm]() {
 0)               |                    svm_set_msr [kvm_amd]() {
 0)               |                      kvm_set_msr_common [kvm]() {
 0)               |                        set_efer [kvm]() {
 0)   1.000 us    |                          __kvm_valid_efer [kvm](); /* = 0x1 */
 0)               |                          svm_set_efer.isra.0 [kvm_amd]() {
 0) + 12.100 us   |                            svm_allocate_nested [kvm_amd](); /* = 0x0 */
 0)   5.000 us    |                          }
 0)   5.000 us    |                        }
 0)   5.000 us    |                      }
 0)   5.000 us    |                    }
 0)   5.000 us    |                  }
 0)   5.000 us    |                }
 0)               |                svm_complete_emulated_msr [kvm_amd]() {
 0)               |                  kvm_complete_insn_gp [kvm]() {
 0)   1.000 us    |                    kvm_skip_emulated_instruction [kvm](); /* = 0x1 */
 0)   5.000 us    |                  }
 0)   5.000 us    |                }
 0)   5.000 us    |              }
 0)   5.000 us    |            }
 0)   5.000 us    |          }
 0)   5.000 us    |        } /* svm_handle_exit [kvm_amd] = 0x1 */
 0)   5.000 us    |      }
 0)               |          /* kvm_entry: vcpu 0, rip 0x1002 */
 0)   5.000 us    |  } /* kvm_arch_vcpu_ioctl_run [kvm] = 0x0 */
 0)               |  svm_get_nested_state [kvm_amd]() {
 0)   5.000 us    |  }
 0)               |  /* after: guest_mode=0 gif=1 efer=0x1d00 next=L1 cr3=0x1000 */
 0)               |  /* step 1: L1: EXIT */
 0)               |  kvm_arch_vcpu_ioctl_run [kvm]() {
 0)               |          /* kvm_exit: vcpu 0 reason io rip 0x1002 info1 0x0 info2 0x0 */
 0)               |        svm_handle_exit [kvm_amd]() {
 0)               |          svm_invoke_exit_handler [kvm_amd]() {
 0)               |            io_interception [kvm_amd]() {
 0)   1.000 us    |              kvm_fast_pio [kvm](); /* = 0x0 */
 0)   5.000 us    |            }
 0)   5.000 us    |          }
 0)   5.000 us    |        }
 0)   5.000 us    |  }
 0)               |  /* kvm_userspace_exit: reason KVM_EXIT_IO (2) */
 0)               |  /* after: guest_mode=0 gif=1 efer=0x1d00 next=none */
 0)               |  /* step 2: userspace: KVM_SET_SREGS */
 0)               |  kvm_arch_vcpu_ioctl_set_sregs [kvm]() {
 0)               |    __set_sregs [kvm]() {
 0)               |      __set_sregs_common [kvm]() {
 0)               |        kvm_valid_efer [kvm]() {
 0)   1.000 us    |          __kvm_valid_efer [kvm](); /* = 0x1 */
 0)   5.000 us    |        }
 0)   1.000 us    |        svm_set_efer [kvm_amd](); /* = 0x0 */
 0)   1.000 us    |        svm_set_cr0 [kvm_amd](); /* = 0x0 */
 0)   1.000 us    |        svm_set_cr4 [kvm_amd](); /* = 0x0 */
 0)   5.000 us    |      }
 0)   5.000 us    |    }
 0)   5.000 us    |  }
 0)   1.000 us    |  svm_get_nested_state [kvm_amd](); /* = 0x0 */
 0)               |  /* after: guest_mode=0 gif=1 efer=0x1d00 smm=0 triple_fault=0 init=1 */
`;

const source = { program, kernel: '6.12', origin: 'a made-up trace' };

test('a trace becomes a case that holds against the model', () => {
  const made = caseFromTrace(trace, source, vocabulary);
  if (!made.ok) throw new Error(made.error.message);
  const recorded = made.value;
  expect(recorded.kernels['6.12']).toMatchObject({
    open: true,
    steps: [
      {
        actor: 'L1',
        context: 'L1',
        op: 'WRMSR',
        exit: 'msr',
        path: 0,
        after: { svme: true, guestMode: false },
      },
      { op: 'EXIT', exit: 'io', path: 1, after: { next: 'none' } },
      {
        actor: 'userspace',
        context: null,
        op: 'KVM_SET_SREGS',
        exit: null,
        path: 2,
        after: { nestedAllocated: true },
      },
    ],
  });
  const built = kernel('6.12');
  const parsed = parseProgram(program);
  if (!built.ok || !parsed.ok) throw new Error('cannot be run');
  expect(compareCase(run(built.value, parsed.value), recorded, vocabulary).problems).toEqual([]);
});

test('a changed trace no longer holds', () => {
  const other = trace.replace(/^.*svm_allocate_nested.*\n/m, '').replace('efer=0x1d00', 'efer=0xd00');
  const made = caseFromTrace(other, source, vocabulary);
  const built = kernel('6.12');
  const parsed = parseProgram(program);
  if (!made.ok || !built.ok || !parsed.ok) throw new Error('cannot be run');
  expect(compareCase(run(built.value, parsed.value), made.value, vocabulary).problems).toEqual([
    'step 0 path: entry 11: ..........svm_allocate_nested, recorded ....svm_complete_emulated_msr',
    'step 0 after.svme: true, recorded false',
  ]);
});

test('a context of its own, and what runs next in another, are noted', () => {
  const text =
    ' 0) | /* step 4: L2 in L1: WRMSR */\n 0) | /* after: next=L2/L1 */\n# step 4: L2 in L1: WRMSR again\n';
  const made = caseFromTrace(text, source, vocabulary);
  if (!made.ok) throw new Error(made.error.message);
  expect(made.value.kernels['6.12']).toMatchObject({
    steps: [
      { actor: 'L2', context: 'L1', op: 'WRMSR', exit: null, after: { next: { code: 'L2', context: 'L1' } } },
    ],
  });
  expect(made.value.paths).toEqual(['']);
});

test.each([
  ['', 'trace', /no step/],
  [' 0) | /* step 0: L1: VMRUN */', 'line 1', /"VMRUN" is no operation of the program, one of WRMSR EXIT/],
  [' 0) | /* step 0: L1: WRMSR */\n 1) | svm_set_efer();', 'line 2', /CPU 1 after CPU 0/],
])('%j is refused', (text, path, message) => {
  const made = caseFromTrace(text, source, vocabulary);
  expect(made).toEqual({ ok: false, error: { path, message: expect.stringMatching(message) as string } });
});

test('a program that is none is refused as such', () => {
  const made = caseFromTrace(trace, { ...source, program: {} }, vocabulary);
  expect(made.ok).toBe(false);
});
