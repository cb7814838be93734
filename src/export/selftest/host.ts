import { formatOp } from '#program/notation.ts';
import type { HostOptions, UserspaceOp } from '#program/types.ts';
import { comment, indent } from './c-text.ts';
import { deedLines } from './ioctl.ts';
import { everIntercepts, everPages, type Plan } from './plan.ts';
import { usesSmm } from './smm.ts';

/** main() and what it calls. */

const does = ({ deeds }: Plan, ...names: readonly UserspaceOp['do'][]): boolean =>
  deeds.some(({ op }) => op !== undefined && names.includes(op.do));

const usesNestedState = (plan: Plan): boolean => does(plan, 'KVM_GET_NESTED_STATE', 'KVM_SET_NESTED_STATE');

const setsTripleFault = ({ deeds }: Plan): boolean =>
  deeds.some(({ op }) => op?.do === 'KVM_SET_VCPU_EVENTS' && op.tripleFault !== undefined);

const syncs = ({ deeds }: Plan): boolean =>
  deeds.some(({ op }) => op?.do === 'KVM_RUN' && op.syncSregs !== undefined);

const writesBack = ({ deeds }: Plan): boolean =>
  deeds.some(({ op }) => op?.do === 'KVM_SET_SREGS' && !op.efer.set?.length && !op.efer.clear?.length);

const amdParameters = ['npt', 'vgif', 'vls', 'nrips'] as const satisfies readonly (keyof HostOptions)[];

/** The module parameters that the report stands for, as one would give them. */
export function parametersOf({ host }: Plan['program']): readonly string[] {
  return [
    ...amdParameters.map((name) => `kvm_amd.${name}=${Number(host[name])}`),
    `kvm.enable_vmware_backdoor=${Number(host.vmwareBackdoor)}`,
  ];
}

function required(plan: Plan): readonly string[] {
  const { host } = plan.program;
  const not = (name: keyof HostOptions) => (host[name] ? '' : '!');
  return [
    'TEST_REQUIRE(kvm_cpu_has(X86_FEATURE_SVM));',
    'TEST_REQUIRE(kvm_has_cap(KVM_CAP_NESTED_STATE));',
    `TEST_REQUIRE(${not('npt')}get_kvm_amd_param_bool("npt"));`,
    ...(['vgif', 'vls', 'nrips'] as const).map(
      (name) => `TEST_REQUIRE(${not(name)}get_kvm_amd_param_integer("${name}"));`,
    ),
    `TEST_REQUIRE(${not('vmwareBackdoor')}get_kvm_param_bool("enable_vmware_backdoor"));`,
    `TEST_REQUIRE(${host.gpErratum ? '!' : ''}this_cpu_has(X86_FEATURE_SVME_ADDR_CHK));`,
    ...(usesSmm(plan) ? ['TEST_REQUIRE(kvm_has_cap(KVM_CAP_X86_SMM));'] : []),
    ...(syncs(plan) ? ['TEST_REQUIRE(kvm_check_cap(KVM_CAP_SYNC_REGS) & KVM_SYNC_X86_SREGS);'] : []),
    ...(setsTripleFault(plan) ? ['TEST_REQUIRE(kvm_has_cap(KVM_CAP_X86_TRIPLE_FAULT_EVENT));'] : []),
    ...(host.eferWriteFilter ? ['TEST_REQUIRE(kvm_has_cap(KVM_CAP_X86_MSR_FILTER));'] : []),
  ];
}

function declared(plan: Plan): readonly string[] {
  return [
    ...(usesMap(plan) ? ['struct svm_test_data *svm;'] : []),
    'struct kvm_vcpu *vcpu;',
    'vm_vaddr_t svm_gva;',
    'struct kvm_vm *vm;',
    ...(does(plan, 'KVM_SET_SREGS') ? ['struct kvm_sregs sregs;'] : []),
    ...(writesBack(plan) ? ['struct kvm_regs regs;'] : []),
    ...(does(plan, 'KVM_SET_VCPU_EVENTS') ? ['struct kvm_vcpu_events events;'] : []),
    ...(usesNestedState(plan) ? ['struct kvm_nested_state *got;', 'int nested_size;'] : []),
    ...(restores(plan) ? ['uint16_t got_flags;'] : []),
  ];
}

const restores = (plan: Plan): boolean =>
  plan.deeds.some(({ op }) => op?.do === 'KVM_SET_NESTED_STATE' && op.restore === true);

function created(plan: Plan): readonly string[] {
  const { program } = plan;
  return [
    'vm = vm_create_with_one_vcpu(&vcpu, l1_guest_code);',
    `${usesMap(plan) ? 'svm = ' : ''}vcpu_alloc_svm(vm, &svm_gva);`,
    'vcpu_args_set(vcpu, 1, svm_gva);',
    ...(program.guest.cpuidSvm ? [] : ['vcpu_clear_cpuid_feature(vcpu, X86_FEATURE_SVM);']),
    ...(usesMap(plan)
      ? [
          '',
          '/* The map takes two pages, the library has one. */',
          'svm->msr = (void *)vm_vaddr_alloc_pages(vm, 2);',
          'svm->msr_gpa = addr_gva2gpa(vm, (vm_vaddr_t)svm->msr);',
        ]
      : []),
    ...(everPages(program) ? ['set_up_npt(vm);'] : []),
    ...(everIntercepts(program, 'IOIO_PROT') ? ['set_up_iopm(vm);'] : []),
    ...(usesSmm(plan) ? ['set_up_smram(vm, vcpu);'] : []),
    ...(setsTripleFault(plan) ? ['vm_enable_cap(vm, KVM_CAP_X86_TRIPLE_FAULT_EVENT, 1);'] : []),
    ...(usesNestedState(plan)
      ? [
          'nested_size = kvm_check_cap(KVM_CAP_NESTED_STATE);',
          'got = calloc(1, nested_size);',
          'got->format = KVM_STATE_NESTED_FORMAT_SVM;',
          'got->size = nested_size;',
        ]
      : []),
    ...(program.host.eferWriteFilter ? ['', 'vcpu_run(vcpu);', 'filter_efer_writes(vm, vcpu);'] : []),
  ];
}

const usesMap = ({ program }: Plan): boolean => everIntercepts(program, 'MSR_PROT');

/** The entries one after the other, with what userspace has got of the nested state before each. */
function carriedOut(plan: Plan): readonly string[] {
  return plan.deeds.flatMap((deed, index) => {
    const hasGot = plan.deeds
      .slice(0, index)
      .some(
        ({ op }) =>
          op?.do === 'KVM_GET_NESTED_STATE' ||
          (op?.do === 'KVM_SET_NESTED_STATE' && op.flags?.includes('GUEST_MODE')),
      );
    const lines = deedLines(deed, hasGot).filter((line) => restores(plan) || !line.startsWith('got_flags ='));
    return ['', ...lines];
  });
}

function leftOut({ program, skipped, kernel, cut }: Plan): readonly string[] {
  if (skipped.length === 0) return [];
  const names = skipped.map((index) => formatOp(program.userspace[index]!)).join('; ');
  const why = cut ? `Not done here, or not on ${kernel.id}` : `Not done on ${kernel.id}`;
  return ['', ...comment([`${why}: ${names}`], 1)];
}

export function mainFunction(plan: Plan): readonly string[] {
  return [
    'int main(int argc, char *argv[])',
    '{',
    ...indent([
      ...declared(plan),
      '',
      ...required(plan),
      '',
      ...created(plan),
      ...carriedOut(plan),
      ...leftOut(plan),
      '',
      ...(usesNestedState(plan) ? ['free(got);'] : []),
      'kvm_vm_free(vm);',
      'return 0;',
    ]),
    '}',
  ];
}
