import type { Goal } from '#explore/reachable.ts';

/** A view of the dialog. */
export type CompareTab = 'diff' | 'check' | 'grid' | 'series' | 'reach';

/** Where the dialog opens. */
export interface CompareStart {
  readonly tab: CompareTab;
  /** A state of the chart that the visitor asks the way to. */
  readonly goal?: Goal;
}
