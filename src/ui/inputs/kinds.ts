import type { FileHead } from '#browser/file-head.ts';
import type { Result } from '#base/result.ts';

/** What the page can do with what was opened, where the kind needs it. */
export interface InputPage {
  /** Load a program or a talk. */
  readonly onProgram: (files: readonly File[]) => void;
  /** Source was opened: the code panel shows it. */
  readonly onSource: () => void;
}

/** A kind of file that can be dropped on the page or opened. */
export interface InputKind {
  readonly id: 'program' | 'recording' | 'patch' | 'source';
  readonly title: string;
  /** What belongs to it, and what the page does with it, in one sentence each. */
  readonly about: string;
  /** Several files at once make sense. */
  readonly many: boolean;
  readonly is: (head: FileHead) => boolean;
  /** Open the files. What cannot be opened says in one line where it is wrong, what, and what is allowed. */
  readonly take: (files: readonly File[], page: InputPage) => Promise<Result<null, string>>;
}
