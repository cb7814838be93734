import { pointerStream } from '#machine/code-pointer.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import type { RecordedMoment } from '#program/evidence.ts';
import { afterOf } from '#program/outcome.ts';
import type { After, Outcome } from '#program/report.ts';
import type { StepRun } from '#program/runner.ts';
import type { PathRow } from './recorded-path.ts';
import { outcomeWords } from './words.ts';

/** One thing that was held against the recording. */
export interface Check {
  readonly about: string;
  /** `not-compared`: it was otherwise before the step already, and the step's code did not look at it. */
  readonly state: 'agrees' | 'differs' | 'not-compared';
  readonly model: string;
  readonly recorded: string;
}

const entryWords = (entries: number): string => `${entries} ${entries === 1 ? 'entry' : 'entries'}`;

function pathCheck(rows: readonly PathRow[]): Check {
  const count = (kinds: readonly PathRow['kind'][]): number =>
    rows.filter(({ kind }) => kinds.includes(kind)).length;
  const [own, others] = [count(['model']), count(['recorded'])];
  const words = entryWords(count(['same']));
  if (own + others === 0) return { about: 'path', state: 'agrees', model: words, recorded: words };
  return {
    about: 'path',
    state: 'differs',
    model: `${entryWords(own)} only`,
    recorded: `${entryWords(others)} only`,
  };
}

function outcomeCheck(model: Outcome, recorded: Outcome): Check {
  const got = model as unknown as Readonly<Record<string, unknown>>;
  const same = Object.entries(recorded).every(([key, value]) => got[key] === value);
  return {
    about: 'outcome',
    state: same ? 'agrees' : 'differs',
    model: outcomeWords(model),
    recorded: outcomeWords(recorded),
  };
}

/** Whose code stands at the pointers that say what runs next. */
const streamsOf = ({ context }: VcpuSnapshot): string =>
  [context.rip, context.rip01, context.rip12, context.smramRip, context.gotRip01]
    .map((pointer) => (pointer === 0 ? '' : pointerStream(pointer)))
    .join();

const kernelNames: Readonly<Record<keyof After, string>> = {
  guestMode: 'is_guest_mode(vcpu)',
  svme: 'EFER.SVME',
  gif: 'GIF',
  nestedAllocated: 'nested.initialized',
  vmcb: 'current VMCB',
  smm: 'is_smm(vcpu)',
  tripleFaultRequested: 'KVM_REQ_TRIPLE_FAULT',
  next: 'what runs next',
};

/** A value of the state; the recordings write that nothing runs next as `none`. */
function valueWords(value: After[keyof After] | 'none'): string {
  if (value === true) return '1';
  if (value === false) return '0';
  if (value === null || value === 'none') return 'nothing';
  if (typeof value === 'string') return value;
  const { code, context } = value;
  return code === context ? code : `${code}'s code in the context of ${context}`;
}

function afterCheck(
  key: keyof After,
  made: StepRun,
  moment: RecordedMoment,
  wanted: After[keyof After],
): Check {
  const model = valueWords(made.step.after[key]);
  const recorded = valueWords(wanted);
  const before = [made.before.snapshot, moment.before].map((snapshot) => {
    const state = afterOf(snapshot);
    return key === 'next' ? [streamsOf(snapshot), state.guestMode, state.smm].join() : state[key];
  });
  const alike = before[0] === before[1];
  const state = model === recorded ? 'agrees' : alike ? 'differs' : 'not-compared';
  return { about: kernelNames[key], state, model, recorded };
}

/** Hold a step of the model against the recorded one, thing by thing. What was not recorded is left out. */
export function stepChecks(
  made: StepRun,
  moment: RecordedMoment,
  rows: readonly PathRow[] | undefined,
): readonly Check[] {
  const { exit, outcome, after } = moment.step;
  const checks: Check[] = rows ? [pathCheck(rows)] : [];
  if (exit !== undefined) {
    const [model, recorded] = [made.step.exit ?? 'none', exit ?? 'none'];
    checks.push({ about: 'exit', state: model === recorded ? 'agrees' : 'differs', model, recorded });
  }
  if (outcome) checks.push(outcomeCheck(made.step.outcome, outcome));
  for (const key of Object.keys(kernelNames) as (keyof After)[]) {
    const wanted = after[key] as After[keyof After] | undefined;
    if (wanted !== undefined && wanted !== null) checks.push(afterCheck(key, made, moment, wanted));
  }
  return checks;
}
