import type { Kernel } from '#kvm/kernel.ts';
import type { RecordedCase, Vocabulary } from '#program/conformance/compare.ts';
import { nearestMoment, recordedMoments, type NearMoment, type RecordedMoment } from '#program/evidence.ts';
import type { StepRun } from '#program/runner.ts';
import { stepChecks, type Check } from './evidence-checks.ts';
import { nearestKernels, recordedKernels, releaseOf, type NearKernel } from './recorded-kernels.ts';
import { pathRows, type PathRow } from './recorded-path.ts';

/** What was recorded on real kernels, by the name of the case, and the words that are compared. */
export interface Recordings {
  readonly cases: Readonly<Record<string, RecordedCase>>;
  readonly vocabulary: Vocabulary;
}

/** A recorded step that stands behind a step of the model, held against it. */
export interface Recording {
  readonly moment: RecordedMoment;
  readonly release: string;
  /** Absent where the functions were not recorded. */
  readonly rows: readonly PathRow[] | undefined;
  readonly checks: readonly Check[];
  readonly agrees: boolean;
}

/** What recordings say of a step of the model on its kernel. */
export type Evidence =
  | { readonly kind: 'recorded'; readonly recording: Recording }
  /** The kernel was recorded, but nothing that would show this step. */
  | { readonly kind: 'other-state'; readonly nearest: NearMoment | undefined }
  | {
      readonly kind: 'other-kernel';
      readonly recorded: readonly string[];
      readonly nearest: readonly NearKernel[];
    };

/** The recorded steps of each kernel, by the name of the case: running a program again gives the same. */
const momentsOf = new WeakMap<Recordings, Map<Kernel, Map<string, readonly RecordedMoment[]>>>();
const found = new WeakMap<StepRun, Evidence>();

/** The recorded steps of a kernel, a case at a time: running them all takes longer than a frame. */
function* momentsIn(recordings: Recordings, kernel: Kernel): Generator<undefined, readonly RecordedMoment[]> {
  const byKernel = momentsOf.get(recordings) ?? new Map<Kernel, Map<string, readonly RecordedMoment[]>>();
  const kept = byKernel.get(kernel) ?? new Map<string, readonly RecordedMoment[]>();
  momentsOf.set(recordings, byKernel.set(kernel, kept));
  for (const [name, recorded] of Object.entries(recordings.cases)) {
    if (kept.has(name)) continue;
    kept.set(name, recordedMoments(kernel, { [name]: recorded }, recordings.vocabulary));
    yield;
  }
  return [...kept.values()].flat();
}

function recordingOf(made: StepRun, moment: RecordedMoment, vocabulary: Vocabulary): Recording {
  const rows = moment.path && pathRows(made.step.path, moment.path, vocabulary);
  const checks = stepChecks(made, moment, rows);
  return {
    moment,
    release: releaseOf(made.before.kernel),
    rows,
    checks,
    agrees: checks.every(({ state }) => state !== 'differs'),
  };
}

/** The evidence for a step, where it was looked for before. */
export function knownEvidence(made: StepRun): Evidence | undefined {
  return found.get(made);
}

/** Look for the evidence of a step, in slices. The last value is the answer; it is remembered. */
export function* evidenceOf(recordings: Recordings, made: StepRun): Generator<undefined, Evidence> {
  const { kernel } = made.before;
  const recorded = recordedKernels(recordings.cases);
  let evidence: Evidence;
  if (recorded.includes(kernel.id)) {
    const nearest = nearestMoment(made, yield* momentsIn(recordings, kernel));
    evidence =
      nearest?.differing.length === 0
        ? { kind: 'recorded', recording: recordingOf(made, nearest.moment, recordings.vocabulary) }
        : { kind: 'other-state', nearest };
  } else {
    evidence = { kind: 'other-kernel', recorded, nearest: nearestKernels(kernel, recorded) };
  }
  found.set(made, evidence);
  return evidence;
}
