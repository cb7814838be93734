import { comment, indent } from './c-text.ts';
import { everIntercepts, everPages, type Plan } from './plan.ts';

/** Functions that main() calls, each only where it does. */

const assertVcpu = [
  ...comment(['EFER as KVM_GET_SREGS returns it, guest mode as KVM_GET_NESTED_STATE does.']),
  'static void assert_vcpu(struct kvm_vcpu *vcpu, uint64_t efer, bool guest_mode)',
  '{',
  ...indent([
    'union {',
    '\tstruct kvm_nested_state state;',
    '\tuint8_t room[2 * PAGE_SIZE];',
    '} nested;',
    'struct kvm_sregs sregs;',
    '',
    'vcpu_sregs_get(vcpu, &sregs);',
    'TEST_ASSERT_EQ(sregs.efer, efer);',
    '',
    'memset(&nested, 0, sizeof(nested));',
    'nested.state.size = sizeof(nested);',
    'vcpu_nested_state_get(vcpu, &nested.state);',
    'TEST_ASSERT_EQ(!!(nested.state.flags & KVM_STATE_NESTED_GUEST_MODE), guest_mode);',
  ]),
  '}',
];

const assertPort = [
  ...comment([
    "The guest's own port, not a ucall: vcpu_run() completes those by a KVM_RUN that the program does not do.",
  ]),
  'static void assert_port(struct kvm_vcpu *vcpu, uint16_t port, uint32_t op)',
  '{',
  ...indent([
    'struct kvm_run *run = vcpu->run;',
    'uint32_t written = *(uint32_t *)((uint8_t *)run + run->io.data_offset);',
    '',
    'TEST_ASSERT_EQ(run->io.port, port);',
    'TEST_ASSERT_EQ(written, op);',
  ]),
  '}',
];

const npt = [
  ...comment(['Nested page tables that map the first GiB onto itself.']),
  'static void set_up_npt(struct kvm_vm *vm)',
  '{',
  ...indent([
    'vm_vaddr_t gva = vm_vaddr_alloc_pages(vm, 3);',
    'uint64_t *entry = addr_gva2hva(vm, gva);',
    'uint64_t gpa = addr_gva2gpa(vm, gva);',
    'int i;',
    '',
    '/* Present, writable, user: nested walks are user accesses. */',
    'entry[0] = (gpa + PAGE_SIZE) | 7;',
    'entry[512] = (gpa + 2 * PAGE_SIZE) | 7;',
    'for (i = 0; i < 512; i++)',
    '\tentry[1024 + i] = ((uint64_t)i << 21) | BIT(7) | 7;',
    '',
    'ncr3 = gpa;',
    'sync_global_to_guest(vm, ncr3);',
  ]),
  '}',
];

const iopm = [
  ...comment(['L1 intercepts the port of EXIT, not the one that ends the draft.']),
  'static void set_up_iopm(struct kvm_vm *vm)',
  '{',
  ...indent([
    'vm_vaddr_t gva = vm_vaddr_alloc_pages(vm, 3);',
    'uint8_t *map = addr_gva2hva(vm, gva);',
    '',
    'map[EXIT_PORT / 8] = BIT(EXIT_PORT % 8);',
    'iopm_gpa = addr_gva2gpa(vm, gva);',
    'sync_global_to_guest(vm, iopm_gpa);',
  ]),
  '}',
];

const filter = [
  ...comment(["Writes of EFER go to userspace from here on: L1's own preparations are done."]),
  'static void filter_efer_writes(struct kvm_vm *vm, struct kvm_vcpu *vcpu)',
  '{',
  ...indent([
    'uint8_t denied = 0;',
    'struct kvm_msr_filter filter = {',
    '\t.flags = KVM_MSR_FILTER_DEFAULT_ALLOW,',
    '\t.ranges = {',
    '\t\t{',
    '\t\t\t.flags = KVM_MSR_FILTER_WRITE,',
    '\t\t\t.nmsrs = 1,',
    '\t\t\t.base = MSR_EFER,',
    '\t\t\t.bitmap = &denied,',
    '\t\t},',
    '\t},',
    '};',
    '',
    'assert_port(vcpu, READY_PORT, 0);',
    'vm_enable_cap(vm, KVM_CAP_X86_USER_SPACE_MSR, KVM_MSR_EXIT_REASON_FILTER);',
    'vm_ioctl(vm, KVM_X86_SET_MSR_FILTER, &filter);',
  ]),
  '}',
];

/** Each function as a paragraph. */
export function hostSupport({ program, deeds }: Plan): readonly (readonly string[])[] {
  const asserted = deeds.some(({ ending, op, vague }) => !vague && (ending || op));
  const ported = deeds.some(({ ending }) => ending && ending.kind !== 'errno' && ending.place);
  return [
    ...(asserted ? [assertVcpu] : []),
    ...(ported || program.host.eferWriteFilter ? [assertPort] : []),
    ...(everPages(program) ? [npt] : []),
    ...(everIntercepts(program, 'IOIO_PROT') ? [iopm] : []),
    ...(program.host.eferWriteFilter ? [filter] : []),
  ];
}
