import { eferBitNames, eferBits, eferMask } from '#isa/efer.ts';
import { interceptBits, interceptNames } from '#isa/intercepts.ts';
import {
  archEfer,
  exitReasons,
  isGuestMode,
  isSmm,
  l1Intercepts,
  nestedInitialized,
  smiBlocked,
} from '#kvm/words.ts';
import { all, fact, is, local, type Expr } from '#machine/expr.ts';
import { regions, stateIndex, type FactName } from '#machine/facts.ts';
import { registerNames, registers, type Register, type RegisterName } from '#machine/registers.ts';
import { stepWordMeanings, stepWordNames } from '#program/step-words.ts';

interface Named {
  readonly text: string;
  /** What it means, in a few words. */
  readonly about: string;
}

/** What has a number by itself. */
export interface ValueName extends Named {
  readonly kind: 'value';
  readonly expr: Expr;
}

/** What is only ever compared with one of a few values, by their names. */
export interface ChoiceName extends Named {
  readonly kind: 'choice';
  readonly fact: FactName;
  readonly noun: 'state' | 'value';
  readonly values: ReadonlyMap<string, number>;
}

/** What is written with an argument in parentheses. */
export interface CallName extends Named {
  readonly kind: 'call';
  readonly arguments: ReadonlyMap<string, Expr>;
  /** The argument that the kernel has before it; it may be left out. */
  readonly first?: string;
}

/** Anything that an expression can name. */
export type Name = ValueName | ChoiceName | CallName;

const value = (text: string, about: string, expr: Expr): ValueName => ({ kind: 'value', text, about, expr });

const call = (text: string, argument: string, about: string, expr: Expr): CallName => ({
  kind: 'call',
  text,
  about,
  arguments: new Map([[argument, expr]]),
});

const intercept = (name: string): string => `INTERCEPT_${name}`;

/** It is one word: nothing else of it can be asked. */
export const cacheOfVmcb12 = '&svm->nested.ctl';

/** The kernel's own functions. */
const calls: readonly CallName[] = [
  call('is_guest_mode', 'vcpu', 'L2 is active: guestMode == l2', isGuestMode),
  call('is_smm', 'vcpu', 'the SMI handler is active: smm == inside', isSmm),
  call('gif_set', 'svm', 'GIF is 1: gif == set', is('gif', 'set')),
  call('svm_smi_blocked', 'vcpu', 'GIF is 0, or SMM is active', smiBlocked),
  {
    kind: 'call',
    text: 'vmcb12_is_intercept',
    about: 'L1 intercepts it, as of its last VMRUN',
    first: cacheOfVmcb12,
    // The kernel's function is a bool, so that two of them can be compared.
    arguments: new Map(interceptNames.map((name) => [intercept(name), all(l1Intercepts(name))])),
  },
];

/** What an argument means, where that is not plain. */
export const argumentMeanings: ReadonlyMap<string, string> = new Map(
  interceptNames.map((name) => [intercept(name), `#VMEXIT code 0x${interceptBits[name].toString(16)}`]),
);

const ofRegions: readonly ChoiceName[] = regions.map(({ name, states }) => ({
  kind: 'choice',
  text: name,
  about: states.join(', '),
  fact: name,
  noun: 'state',
  values: new Map(states.map((state, index) => [state, index])),
}));

/** The kernel knows the current VMCB by its address. */
const currentVmcb: ChoiceName = {
  kind: 'choice',
  text: 'svm->vmcb',
  about: 'the current VMCB: vmcb',
  fact: 'vmcb',
  noun: 'value',
  values: new Map([
    ['svm->vmcb01.ptr', stateIndex('vmcb', 'vmcb01')],
    ['svm->nested.vmcb02.ptr', stateIndex('vmcb', 'vmcb02')],
  ]),
};

const ofSteps = stepWordNames.map((name) => value(name, stepWordMeanings[name], local(name)));

function ofRegister(name: RegisterName, text: string, about: string): Name {
  const register: Register = registers[name];
  if (!register.pointer) return value(text, about, fact(name));
  // An exploration numbers instructions anew: of a pointer only "none" means the same everywhere.
  return { kind: 'choice', text, about, fact: name, noun: 'value', values: new Map([['0', 0]]) };
}

/** `warned` is left out: it says what a step did, and an exploration clears it before it looks at a state. */
const askable = registerNames.filter((name) => name !== 'warned');

const ofRegisters = askable.map((name) => ofRegister(name, name, registers[name].about));

const wholePath = /^(?:svm|vcpu|vmcb01|vmcb02|vmcb12)->[\w.]+$/;

/** The kernel's own fields. What a register is in the kernel often is such a field, and nothing else. */
const paths: readonly Name[] = [
  value('svm->nested.initialized', 'the nested state is allocated: nested == allocated', nestedInitialized),
  value('vcpu->arch.efer', 'EFER as the guest reads it, with SVME', archEfer),
  currentVmcb,
  value('vcpu->run->exit_reason', 'a number of KVM_EXIT_*', fact('exitReason')),
  ...askable
    .filter((name) => wholePath.test(registers[name].about))
    .map((name) => ofRegister(name, registers[name].about, `the register ${name}`)),
];

/** Every name and value with an arrow in it. */
export const kernelPaths: readonly string[] = [
  ...paths.map(({ text }) => text),
  ...currentVmcb.values.keys(),
];

const constant = (text: string, about: string, number: number): ValueName =>
  value(text, about, { kind: 'const', value: number });

/** Bits to mask a value with. */
export const masks: readonly Name[] = eferBitNames.map((name) =>
  constant(`EFER_${name}`, eferBits[name].title, eferMask(name)),
);

const exits = Object.entries(exitReasons).map(([name, number]) =>
  constant(name, `exit reason ${number}`, number),
);

/** Every name, the most useful first. */
export const names: readonly Name[] = [
  ...calls,
  ...ofRegions,
  ...ofSteps,
  ...paths,
  ...ofRegisters,
  ...masks,
  ...exits,
];

const byText: ReadonlyMap<string, Name> = new Map(names.map((name) => [name.text, name]));

export function nameOf(text: string): Name | undefined {
  return byText.get(text);
}

/** How a word is written that is part of something else: a state, or an argument. */
export function homeOf(text: string): string | undefined {
  const ofCall = calls.find((name) => name.arguments.has(text));
  if (ofCall) return `${ofCall.text}(${text})`;
  const ofChoice = [...ofRegions, currentVmcb].find(({ values }) => values.has(text));
  return ofChoice && `${ofChoice.text} == ${text}`;
}
