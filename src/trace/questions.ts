import type { ProgramProblem } from '#program/problem.ts';
import type { Result } from '#base/result.ts';
import type { RegionName } from '#machine/facts.ts';
import type { Context, Op, Program, UserspaceOp } from '#program/types.ts';
import type { SeenEvent } from './seen.ts';

/**
 * What the page asks about a recording, and what it is told. The recording itself stays where it is read, in a worker
 * of the page or in the headless command: all answers are plain data of bounded size.
 */

export type RecordingFormat = 'ftrace' | 'function_graph' | 'trace-cmd' | 'trace-cmd raw' | 'perf';

/** A vCPU that events of the recording belong to. */
export interface VcpuFound {
  /** The number that events print for it. */
  readonly number: number;
  /** The thread that runs it, where lines name one. */
  readonly task: string | undefined;
  readonly pid: number | undefined;
  readonly events: number;
}

/** Lines of one kind that were not understood: how many, and the first. */
export interface Unread {
  /** What they have in common: the name of the event, or 'no line of a trace'. */
  readonly what: string;
  readonly count: number;
  readonly line: number;
  readonly text: string;
}

/** What a recording is, once it was read. */
export interface RecordingSummary {
  readonly name: string;
  readonly format: RecordingFormat;
  /** Bytes of the file, and of the text in it. */
  readonly fileBytes: number;
  readonly textBytes: number;
  readonly lines: number;
  readonly events: number;
  readonly calls: number;
  /** Seconds; undefined where the tracer prints no time. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly vcpus: readonly VcpuFound[];
  /** By name of the event, most frequent first. */
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  /** By reason of `kvm_exit`, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly lost: {
    readonly places: number;
    /** Events, where the tracer says how many; a least number. */
    readonly events: number;
  };
  readonly unread: readonly Unread[];
  /** The first comments and markers. */
  readonly notes: readonly { readonly line: number; readonly text: string }[];
}

/** How far reading is. */
export interface ReadProgress {
  readonly bytes: number;
  readonly of: number | undefined;
  readonly lines: number;
  readonly events: number;
}

/** Which level had the processor, as the events say. */
export type Lane = 'userspace' | 'kvm' | 'l1' | 'l2' | 'unknown';

/** An event as lists show it. */
export interface EventRow {
  /** Among all events of the recording, from 0. */
  readonly index: number;
  readonly event: SeenEvent;
  /** Who had the processor before the event, as far as events told up to it. */
  readonly lane: Lane;
}

/** Which events are meant; every part that is given must hold. */
export interface EventQuery {
  readonly vcpu?: number;
  readonly names?: readonly string[];
  /** A reason of `kvm_exit`, `kvm_nested_vmexit` or `kvm_nested_vmexit_inject`. */
  readonly reason?: string;
  readonly rip?: bigint;
  readonly lane?: Lane;
  /** A word somewhere in the text of the line, whatever its case. */
  readonly text?: string;
  /** A kind of place that one jumps to. */
  readonly jump?: 'nested' | 'efer' | 'gap';
}

/** What the events up to a place told of the vCPU: a state of each region, or undefined where they do not tell. */
export type Told = Readonly<Partial<Record<RegionName, string>>>;

/** A picture of a stretch, for lanes: in each bucket who had the processor, and what happened. */
export interface Overview {
  readonly from: number;
  readonly to: number;
  /** For each bucket the events of each lane. */
  readonly buckets: readonly {
    readonly lanes: Readonly<Record<Lane, number>>;
    readonly nested: number;
    readonly efer: number;
    readonly gaps: number;
  }[];
}

/** How a stretch of events compares with what the model does. */
export type Verdict =
  /** The model fires the same tracepoints, in the same order, from a state that the recording allows. */
  | 'explained'
  /** The model does not speak of it: nested page faults, interrupts of the host. */
  | 'unexplained'
  /** No state that the recording allows leads to this on the kernel. */
  | 'impossible';

/** One operation of the recording, or what stands between two: from an exit or an ioctl to the next entry or return. */
export interface AlignedStep {
  /** Among the steps of its vCPU, from 0. */
  readonly index: number;
  readonly vcpu: number;
  /** Events that it consists of, among all of the recording: `from` up to and without `to`. */
  readonly from: number;
  readonly to: number;
  /** The first and last line of it. */
  readonly lines: readonly [number, number];
  readonly verdict: Verdict;
  /** What was executed; undefined where the model has no operation for it. */
  readonly op: Op | undefined;
  /** In whose context; null for userspace; undefined where more than one is possible. */
  readonly context: Context | null | undefined;
  /** What userspace must have done before although the recording does not show it. */
  readonly assumed: readonly UserspaceOp[];
  /** What was recorded and what the model does instead, in words, of an impossible step; else empty. */
  readonly recorded: readonly string[];
  readonly expected: readonly string[];
  /** Why not, or what is not modelled, in one sentence; empty where explained. */
  readonly why: string;
  /** Regions whose state is known after it, since every way to explain the recording so far agrees. */
  readonly after: Told;
}

/** A recording held against one kernel. */
export interface Alignment {
  readonly kernel: string;
  readonly steps: number;
  /** Events by verdict. */
  readonly events: Readonly<Record<Verdict, number>>;
  /** Userspace operations that had to be assumed. */
  readonly assumed: number;
  /** The first impossible steps; the count of all is `impossible`. */
  readonly mismatches: readonly AlignedStep[];
  readonly impossible: number;
  /** Steps that had too many possibilities to tell whether they are impossible: their events count as unexplained. */
  readonly undecided: number;
  /** What the model does not speak of, by event or reason, most frequent first. */
  readonly unmodelled: readonly { readonly what: string; readonly count: number }[];
  /** Named behaviours that were recognised, such as the one of DOMAIN 6.4. */
  readonly findings: readonly Finding[];
}

/** Something that a reviewer would want to be told. */
export interface Finding {
  readonly kind: 'l2-runs-as-l1';
  readonly vcpu: number;
  /** Events: the exit where it begins, and the one that shows it. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly [number, number];
  /** In one sentence. */
  readonly words: string;
}

/** What was recognised in the events alone, whichever kernel it was. */
export interface Findings {
  /** The first of them, in order; the count of all is `count`. */
  readonly list: readonly Finding[];
  readonly count: number;
}

/** Which kernel explains a recording best. */
export interface Ranking {
  /** Best first; kernels of one `place` explain it equally well. */
  readonly kernels: readonly (Alignment & { readonly place: number })[];
  /** In one sentence, ties and their reason included. */
  readonly words: string;
}

/** A stretch as a program. */
export interface TakenProgram {
  readonly program: Program;
  /** What had to be chosen since the recording does not tell it, a sentence each. */
  readonly chosen: readonly string[];
  /** The step of the program's run that does what the first step of the stretch did. */
  readonly startStep: number;
  /** Whether the program, run on the kernel, fires the recorded tracepoints; where not, where it first differs. */
  readonly same: boolean;
  readonly difference: string | undefined;
}

/** A row of two call trees, aligned function by function. */
export interface TreeRow {
  readonly depth: number;
  readonly fn: string;
  readonly side: 'both' | 'recorded' | 'model';
  /** Lines of the recording. */
  readonly line: number | undefined;
  /** Why the other side lacks it: not modelled, or could not be traced; undefined: a difference. */
  readonly excuse: string | undefined;
  /** In the first row: which option the host is taken to have, where events do not tell and the calls fit it better. */
  readonly assumedHost?: string;
}

/** Whoever asked no longer wants to know: an AbortSignal is one. */
export interface Stop {
  readonly aborted: boolean;
}

/** All questions. Each may be stopped; what is asked for a kernel takes its id. */
export interface RecordingQuestions {
  rows(from: number, count: number): Promise<readonly EventRow[]>;
  /** The text of lines, as they stand in the file. */
  text(offset: number, lines: number): Promise<readonly string[]>;
  /** The next event from there, in that direction, without the one itself. */
  find(query: EventQuery, from: number, direction: 1 | -1, stop: Stop): Promise<number | undefined>;
  count(query: EventQuery, stop: Stop): Promise<number>;
  /** All of them, in order. */
  matches(query: EventQuery, stop: Stop): Promise<Uint32Array>;
  told(vcpu: number, at: number): Promise<Told>;
  overview(vcpu: number | undefined, from: number, to: number, buckets: number): Promise<Overview>;
  findings(stop: Stop, onProgress: (far: ReadProgress) => void): Promise<Findings>;
  align(kernel: string, stop: Stop, onProgress: (far: ReadProgress) => void): Promise<Alignment>;
  rank(kernels: readonly string[], stop: Stop, onProgress: (far: ReadProgress) => void): Promise<Ranking>;
  /** The steps that cover these events. */
  steps(kernel: string, vcpu: number, from: number, to: number): Promise<readonly AlignedStep[]>;
  program(
    kernel: string,
    vcpu: number,
    from: number,
    to: number,
  ): Promise<Result<TakenProgram, ProgramProblem>>;
  /** The recorded calls of a step beside the model's; empty where the recording has no calls. */
  tree(kernel: string, vcpu: number, step: number): Promise<readonly TreeRow[]>;
}
