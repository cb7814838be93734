import type { Program } from '#program/types.ts';
import type { Setup } from './session.ts';

const onOff = (name: string, on: boolean): string => `${name} ${on ? 'on' : 'off'}`;

function interceptWords(before: readonly string[], now: readonly string[]): readonly string[] {
  return [
    ...now.filter((name) => !before.includes(name)).map((name) => `+${name}`),
    ...before.filter((name) => !now.includes(name)).map((name) => `-${name}`),
  ];
}

/** What a setup changes of the program, a few words each. */
export function setupWords({ host, guest, vmcb12 }: Setup, program: Program): readonly string[] {
  const map = vmcb12?.msrpm?.EFER;
  const old = program.vmcb12.msrpm.EFER;
  return [
    ...interceptWords(program.vmcb12.intercepts, vmcb12?.intercepts ?? program.vmcb12.intercepts),
    ...(map && map.write !== old.write ? [onOff('EFER write bit', map.write)] : []),
    ...(map && map.read !== old.read ? [onOff('EFER read bit', map.read)] : []),
    ...(vmcb12?.efer ? [`vmcb12 EFER ${vmcb12.efer.join(' ')}`] : []),
    ...(vmcb12?.nestedPaging === undefined ? [] : [onOff('nested paging', vmcb12.nestedPaging)]),
    ...Object.entries(host ?? {}).map(([name, on]) => onOff(name, on)),
    ...(guest?.efer ? [`EFER ${guest.efer.join(' ')}`] : []),
    ...(guest?.gif === undefined ? [] : [onOff('GIF', guest.gif)]),
    ...(guest?.cpuidSvm === undefined ? [] : [onOff('CPUID SVM', guest.cpuidSvm)]),
    ...(guest?.hsave === undefined ? [] : [onOff('VM_HSAVE_PA', guest.hsave)]),
  ];
}
