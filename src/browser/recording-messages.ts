import type { ReadProgress, RecordingQuestions, RecordingSummary, Stop } from '#trace/questions.ts';

/** What of a question's arguments can be sent: not who stops it, and not who hears how far it is. */
type Sendable<Args extends readonly unknown[]> = Args extends readonly [
  ...infer Data,
  Stop,
  (far: ReadProgress) => void,
]
  ? Data
  : Args extends readonly [...infer Data, Stop]
    ? Data
    : Args;

export type QuestionName = keyof RecordingQuestions;
export type QuestionArgs<Name extends QuestionName> = Sendable<Parameters<RecordingQuestions[Name]>>;
export type Answer<Name extends QuestionName> = Awaited<ReturnType<RecordingQuestions[Name]>>;

/** What the page tells the worker. */
export type ToReader =
  /** Read a recording. It goes by this number from then on, and the answer is its summary. */
  | { readonly id: number; readonly open: File }
  | {
      readonly id: number;
      readonly recording: number;
      readonly what: QuestionName;
      readonly args: readonly unknown[];
    }
  /** Nobody waits for the answer any more. */
  | { readonly id: number; readonly cancel: true }
  /** Forget a recording. */
  | { readonly id: number; readonly close: true };

/** What the worker tells the page. */
export type FromReader =
  /** It has been loaded. */
  | { readonly id: 0; readonly kind: 'ready' }
  | { readonly id: number; readonly kind: 'progress'; readonly far: ReadProgress }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** A recording that was read, and the questions that it answers. */
export interface ReadRecording extends Partial<RecordingQuestions> {
  readonly summary: RecordingSummary;
}
