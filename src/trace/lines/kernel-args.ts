import { exceptionVector } from '#isa/exceptions.ts';
import type { EventArgs, ExitArgs } from '../seen.ts';
import type { ArgsRead } from './line.ts';
import { exitReason } from './reasons.ts';

/**
 * What events print, by the format strings of the kernel: `arch/x86/kvm/trace.h` and `include/trace/events/kvm.h` of
 * 6.1 to 6.18, kvm_nested_vmrun of older ones, and the forms that trace-cmd's plugin gives to exits.
 */

/** 64 bits in hexadecimal. */
const hex = '([0-9a-f]{1,16})';
/** What a kernel may print after what is read here. */
const more = '((?: \\w+ (?:0x)?[0-9a-f]{1,16})*)';
const reason = '(\\S.{0,63}?)';
const pattern = (text: string): RegExp => new RegExp(`^${text}$`);

const entryForm = pattern(`vcpu (\\d{1,9}),? rip 0x${hex}${more}(\\[immediate exit\\])?`);
const exitForm = pattern(
  `(?:<CANT FIND FIELD \\w+>)?(?:vcpu (\\d{1,9}) )?reason ${reason} rip 0x${hex} ` +
    `(?:info1 0x${hex} info2 0x${hex}|info ${hex} ${hex})${more}`,
);
const vmenterForm = pattern(
  `rip: 0x${hex} (?:vmcb|vmcs): 0x${hex} nested_rip: 0x${hex} int_ctl: 0x${hex} event_inj: 0x${hex}` +
    ` nested_(?:npt|ept)=([yn])(?: \\w+: 0x${hex})?`,
);
const vmrunForm = pattern(
  `rip: 0x${hex} vmcb: 0x${hex} nrip: 0x${hex} int_ctl: 0x${hex} event_inj: 0x${hex} npt: (on|off)`,
);
const word = '([0-9a-f]{1,8})';
const interceptsForm = pattern(
  `cr_read: ${word} cr_write: ${word} excp: ${word} intercepts: ${word} ${word} ${word}`,
);
const injectForm = pattern(
  `reason(?:: ${reason} ext_inf1: 0x${hex} ext_inf2: 0x${hex}(?: \\w+: 0x${hex})*` +
    `| ${reason} info1 ${hex} info2 ${hex}${more})`,
);
const msrForm = pattern(`msr_(read|write) ${word} = 0x${hex}( \\(#GP\\))?`);
const exceptionForm = pattern('#?(\\w{1,10})(?: \\(0x[0-9a-f]{1,8}\\))?( \\[reinjected\\])?');
const userspaceForm = pattern('reason (\\w{1,64}) \\(-?\\d{1,10}\\)');
const smmForm = pattern(`vcpu (\\d{1,9}): (entering|leaving) SMM, smbase 0x${hex}`);

const big = (digits: string): bigint => BigInt(`0x${digits}`);
const count = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);
const unnumbered = (args: EventArgs): ArgsRead => ({ args, vcpu: undefined });

function entry(text: string): ArgsRead | undefined {
  const found = entryForm.exec(text);
  if (!found) return undefined;
  const [, vcpu, rip = '', , immediate] = found;
  return {
    args: { of: 'entry', rip: big(rip), immediateExit: immediate !== undefined },
    vcpu: count(vcpu),
  };
}

function exit(text: string): ArgsRead | undefined {
  const found = exitForm.exec(text);
  if (!found) return undefined;
  const [, vcpu, printed = '', rip = '', one, two, short1 = '', short2 = '', rest = ''] = found;
  const requests = / requests 0x([0-9a-f]+)/.exec(rest)?.[1];
  const args: ExitArgs = {
    of: 'exit',
    reason: exitReason(printed),
    rip: big(rip),
    info1: big(one ?? short1),
    info2: big(two ?? short2),
    requests: requests === undefined ? undefined : big(requests),
  };
  return { args, vcpu: count(vcpu) };
}

function vmenter(text: string): ArgsRead | undefined {
  const found = vmenterForm.exec(text) ?? vmrunForm.exec(text);
  if (!found) return undefined;
  const [, rip = '', vmcb12 = '', nestedRip = '', , , npt = ''] = found;
  return unnumbered({
    of: 'vmenter',
    rip: big(rip),
    vmcb12: big(vmcb12),
    nestedRip: big(nestedRip),
    npt: npt === 'y' || npt === 'on',
  });
}

function intercepts(text: string): ArgsRead | undefined {
  const found = interceptsForm.exec(text);
  return found
    ? unnumbered({ of: 'intercepts', words: found.slice(1).map((one) => Number.parseInt(one, 16)) })
    : undefined;
}

function inject(text: string): ArgsRead | undefined {
  const found = injectForm.exec(text);
  if (!found) return undefined;
  const [, printed, one, two, , short = '', short1 = '', short2 = ''] = found;
  return unnumbered({
    of: 'inject',
    reason: exitReason(printed ?? short),
    info1: big(one ?? short1),
    info2: big(two ?? short2),
  });
}

function msr(text: string): ArgsRead | undefined {
  const found = msrForm.exec(text);
  if (!found) return undefined;
  const [, way, number = '', value = '', gp] = found;
  return unnumbered({
    of: 'msr',
    write: way === 'write',
    msr: Number.parseInt(number, 16),
    value: big(value),
    gp: gp !== undefined,
  });
}

function exception(text: string): ArgsRead | undefined {
  const [, printed = '', reinjected] = exceptionForm.exec(text) ?? [];
  const vector = exceptionVector(printed);
  return vector === undefined
    ? undefined
    : unnumbered({ of: 'exception', vector, reinjected: reinjected !== undefined });
}

function userspace(text: string): ArgsRead | undefined {
  const printed = userspaceForm.exec(text)?.[1];
  return printed === undefined ? undefined : unnumbered({ of: 'userspace', reason: printed });
}

function smm(text: string): ArgsRead | undefined {
  const found = smmForm.exec(text);
  return found
    ? { args: { of: 'smm', entering: found[2] === 'entering' }, vcpu: Number(found[1]) }
    : undefined;
}

function failed(text: string): ArgsRead | undefined {
  return text === '' ? undefined : unnumbered({ of: 'vmenter-failed', check: text });
}

/** By name of the event; undefined where the text is not of the form. */
export const kernelArgs: ReadonlyMap<string, (text: string) => ArgsRead | undefined> = new Map([
  ['kvm_entry', entry],
  ['kvm_exit', exit],
  ['kvm_nested_vmexit', exit],
  ['kvm_nested_vmenter', vmenter],
  ['kvm_nested_vmrun', vmenter],
  ['kvm_nested_intercepts', intercepts],
  ['kvm_nested_vmexit_inject', inject],
  ['kvm_nested_vmenter_failed', failed],
  ['kvm_msr', msr],
  ['kvm_inj_exception', exception],
  ['kvm_userspace_exit', userspace],
  ['kvm_smm_transition', smm],
]);
