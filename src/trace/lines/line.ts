import type { EventArgs } from '../seen.ts';
import type { RecordingFormat } from '../questions.ts';

/** Who printed a line, and when: what stands before its words. */
export interface Prefix {
  readonly task: string | undefined;
  readonly pid: number | undefined;
  readonly cpu: number | undefined;
  /** Seconds. */
  readonly time: number | undefined;
}

export interface ArgsRead {
  readonly args: EventArgs;
  /** The number of the vCPU, where the event prints it. */
  readonly vcpu: number | undefined;
}

/** What one line of text says by itself: nothing of where it stands, or of lines before it. */
export type Line =
  | ({
      readonly kind: 'event';
      readonly format: RecordingFormat;
      readonly prefix: Prefix;
      readonly name: string;
    } & ArgsRead)
  | {
      readonly kind: 'enter' | 'leave';
      readonly prefix: Prefix;
      readonly fn: string;
      readonly depth: number;
      readonly leaf: boolean;
    }
  | { readonly kind: 'lost'; readonly cpu: number | undefined; readonly count: number | undefined }
  /** A processor goes on with another thread. */
  | {
      readonly kind: 'switch';
      readonly cpu: number;
      readonly from: number;
      readonly to: number;
      readonly task: string;
      readonly text: string;
    }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };
