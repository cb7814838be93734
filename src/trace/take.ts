import { fail, ok, type Result } from '#base/result.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { unpackIntercepts } from '#isa/intercepts.ts';
import { programToJson } from '#program/format.ts';
import { parseProgram } from '#program/parse.ts';
import type { ProgramProblem } from '#program/problem.ts';
import { start, step as stepOf } from '#program/runner.ts';
import { defaults, hostOptionNames, type Op } from '#program/types.ts';
import { isUserspaceOp } from '#session/possible.ts';
import { modelWords, partingOf } from './compared.ts';
import type { TakenProgram, Told } from './questions.ts';
import { bitmapNeeded, interceptsShown, vmenterOf, wordsGiven } from './take-look.ts';
import { Writing, type Given, type StretchStep, type Written } from './take-write.ts';

/** A stretch of a recording, with what is known before it. */
export interface Stretch {
  readonly kernel: Kernel;
  readonly title: string;
  /** What the recording told of the vCPU up to the stretch. */
  readonly before: Told;
  readonly steps: readonly StretchStep[];
}

/** Something that the recording does not tell, and how a program says otherwise than by default. */
interface Open {
  readonly name: string;
  readonly flip: (given: Given) => Given;
  readonly is: (given: Given) => boolean;
}

/** Operations that are written down at most: as many as a stream of a program holds. */
const mostSteps = 1000;

/** The stretch as a program that does the same on the kernel, as far as one is found. */
export function takeProgram(whole: Stretch): Result<TakenProgram, ProgramProblem> {
  const stretch = fromFirst(whole);
  const modelled = stretch.steps.filter(({ step }) => step.op !== undefined || step.verdict === 'explained');
  const [first] = modelled;
  if (!first?.step.op)
    return fail({
      path: 'stretch',
      message: 'none of its events belongs to an operation that the model knows',
    });
  if (modelled.length > mostSteps)
    return fail({ path: 'stretch', message: `${modelled.length} operations, at most ${mostSteps}` });
  const before = wayIn(stretch, first);
  const write = (given: Given): Written =>
    new Writing(stretch.kernel, stretch.title, given, modelled).write(stretch.title, given, before);
  const found = search(firstGiven(stretch, modelled), openOf(stretch, before), write);
  const checked = parseProgram(programToJson(found.written.program));
  if (!checked.ok) return checked;
  const { written } = found;
  const difference = written.difference ?? differenceOf(stretch.kernel, written);
  return ok({
    program: checked.value,
    chosen: [...wayInWords(before), ...found.chosen, ...otherChoices(stretch, written, found.open)],
    startStep: written.startStep,
    same: difference === undefined,
    difference,
  });
}

/** The stretch without what cannot be taken at its beginning. What was told by then is known. */
function fromFirst(stretch: Stretch): Stretch {
  const at = stretch.steps.findIndex(({ step }) => step.op !== undefined);
  const lead = stretch.steps[at - 1];
  return lead ? { ...stretch, before: lead.step.after, steps: stretch.steps.slice(at) } : stretch;
}

/** What leads a vCPU that has just entered L1 to where the stretch begins. */
function wayIn({ before, steps }: Stretch, { step }: StretchStep): readonly Op[] {
  const inSmm = before.smm === 'inside' || step.context === 'SMM' || leavesSmm(steps);
  const inL2 = !inSmm && (before.guestMode === 'l2' || step.context === 'L2');
  const outside = step.op !== undefined && isUserspaceOp(step.op);
  return [
    ...(inL2 ? [{ do: 'VMRUN' } as const] : []),
    ...(inL2 && before.svme === 'clear' ? [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] } as const] : []),
    ...(inSmm ? ([{ do: 'EXIT' }, { do: 'KVM_SMI' }, { do: 'KVM_RUN' }] as const) : []),
    ...(outside ? [{ do: 'EXIT' } as const] : []),
  ];
}

/** SMM is left before it is entered. */
const leavesSmm = (steps: readonly StretchStep[]): boolean =>
  steps
    .flatMap(({ events }) => events.flatMap(({ args }) => (args.of === 'smm' ? [args.entering] : [])))
    .at(0) === false;

const wayInWords = (before: readonly Op[]): readonly string[] => [
  ...(before.some((op) => op.do === 'VMRUN') ? ['The stretch begins in L2: a VMRUN leads there.'] : []),
  ...(before.some((op) => op.do === 'KVM_SMI') ? ['The stretch begins in SMM: an SMI leads there.'] : []),
  ...(before.at(-1)?.do === 'EXIT' ? ['The stretch begins in userspace: a port write leads there.'] : []),
];

/** The start as the recording tells it, first or later; the rest by default. */
function firstGiven({ before }: Stretch, steps: readonly StretchStep[]): Given {
  const { host, guest, vmcb12 } = defaults;
  const entry = steps.findIndex(({ step }) => step.op?.do === 'VMRUN' && step.context !== 'L2');
  const startsInL2 = before.guestMode === 'l2' || steps[0]!.step.context === 'L2';
  const svme = before.svme === 'set' || startsInL2 || entersAtOnce(steps);
  const words = startsInL2 || entry < 0 ? undefined : wordsGiven(steps[entry]!.events);
  const shown = startsInL2 ? interceptsShown(steps) : new Map<never, boolean>();
  const intercepts = words
    ? unpackIntercepts(words)
    : [...new Set([...vmcb12.intercepts, ...shown.keys()])].filter((name) => shown.get(name) !== false);
  const bitmap = bitmapNeeded(steps, startsInL2 ? 0 : entry + 1, words);
  return {
    host,
    guest: {
      ...guest,
      efer: svme ? [...guest.efer, 'SVME'] : guest.efer,
      gif: before.gif !== 'clear' || startsInL2,
    },
    vmcb12: {
      ...vmcb12,
      intercepts: intercepts.includes('VMRUN') || words ? intercepts : [...intercepts, 'VMRUN'],
      msrpm: { EFER: { ...vmcb12.msrpm.EFER, ...bitmap } },
      nestedPaging: (entry < 0 ? undefined : vmenterOf(steps[entry]!.events)?.npt) ?? vmcb12.nestedPaging,
    },
  };
}

/** L1 enters L2 before it writes EFER: SVME was set. */
function entersAtOnce(steps: readonly StretchStep[]): boolean {
  const first = steps.find(({ step: { op } }) => op?.do === 'VMRUN' || op?.do === 'WRMSR');
  return first !== undefined && vmenterOf(first.events) !== undefined;
}

/** What the recording leaves open, and whether the model does the same may depend on. */
function openOf({ before }: Stretch, way: readonly Op[]): readonly Open[] {
  const host = hostOptionNames
    .filter((name) => name !== 'npt')
    .map((name): Open => ({
      name,
      flip: (given) => ({ ...given, host: { ...given.host, [name]: !given.host[name] } }),
      is: (given) => given.host[name],
    }));
  const guest = (['cpuidSvm', 'hsave', 'gif'] as const)
    .filter((name) => name !== 'gif' || before.gif === undefined)
    .map((name): Open => ({
      name,
      flip: (given) => ({ ...given, guest: { ...given.guest, [name]: !given.guest[name] } }),
      is: (given) => given.guest[name],
    }));
  const svme: Open = {
    name: 'EFER.SVME',
    flip: (given) => ({ ...given, guest: { ...given.guest, efer: toggled(given.guest.efer) } }),
    is: (given) => given.guest.efer.includes('SVME'),
  };
  const known = before.svme !== undefined || way.some((op) => op.do === 'VMRUN');
  return [...(known ? [] : [svme]), ...host, ...guest];
}

const toggled = (efer: Given['guest']['efer']): Given['guest']['efer'] =>
  efer.includes('SVME') ? efer.filter((name) => name !== 'SVME') : [...efer, 'SVME'];

interface Found {
  readonly written: Written;
  readonly chosen: readonly string[];
  /** What stayed at the default. */
  readonly open: readonly Open[];
}

/** Flip what is open, one after the other, as long as the model does more of the stretch for it. */
function search(first: Given, open: readonly Open[], write: (given: Given) => Written): Found {
  let given = first;
  let written = write(given);
  let rest = open;
  const chosen: string[] = [];
  while (written.difference !== undefined) {
    const tries = rest.map((one) => ({ one, written: write(one.flip(given)) }));
    const best = tries.toSorted((left, right) => reach(right.written) - reach(left.written))[0];
    if (!best || reach(best.written) <= reach(written)) break;
    given = best.one.flip(given);
    rest = rest.filter((one) => one !== best.one);
    chosen.push(
      `${best.one.name} is ${best.one.is(given) ? 'on' : 'off'}: otherwise the model does something else (${written.difference}).`,
    );
    ({ written } = best);
  }
  return { written, chosen, open: rest };
}

const reach = ({ agreed, difference }: Written): number => (difference === undefined ? Infinity : agreed);

const untoldValue = { EFER: 'what is there', VM_HSAVE_PA: '0', VM_CR: '0' } as const;

function otherChoices(
  { steps }: Stretch,
  { moved, silent }: Written,
  open: readonly Open[],
): readonly string[] {
  const assumed = steps.filter(({ step }) => step.assumed.length > 0);
  const left = steps.filter(({ step }) => step.op === undefined && step.verdict !== 'explained').length;
  return [
    ...(moved > 0
      ? [`L1 moves L2 past the instruction that it stopped at (${moved} ×): the next entry has another rip.`]
      : []),
    ...steps.flatMap(({ step: { op, lines } }) =>
      op?.do === 'WRMSR' && op.value === undefined && !op.set && !op.clear
        ? [`Line ${lines[0]} does not tell what was written to ${op.msr}: ${untoldValue[op.msr]}.`]
        : [],
    ),
    ...silent,
    ...assumed.map(
      ({ step }) =>
        `Before line ${step.lines[0]} userspace did ${step.assumed.map((op) => op.do).join(', ')}: nothing records it.`,
    ),
    ...(left > 0
      ? [`Left out, since the model does not speak of it: ${left} ${left === 1 ? 'exit' : 'exits'}.`]
      : []),
    `Not told, and at the default: ${[...open.map(({ name }) => name), 'npt'].join(', ')}.`,
  ];
}

/** The whole program run anew: the first tracepoint that differs from the recorded ones. */
function differenceOf(kernel: Kernel, { program, startStep, compared }: Written): string | undefined {
  const fired: string[] = [];
  let at = 0;
  for (let made = stepOf(start(kernel, program, [])); made; made = stepOf(made.state)) {
    if (at >= startStep) fired.push(...modelWords(made.traces));
    at += 1;
  }
  return partingOf(compared, fired)?.words;
}
