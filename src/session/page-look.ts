import type { PanelName } from '#program/talk.ts';
import type { Session } from './session.ts';

/** How much of the call tree is shown. */
export const densities = ['all', 'decisions', 'functions', 'differences'] as const;
export type Density = (typeof densities)[number];

/** Present mode, as presenter and audience see it. */
export interface Presenting {
  /** The panels that the presenter chose; absent: those that the stop asks for. */
  readonly panels: readonly PanelName[] | undefined;
  /** Nothing is shown. */
  readonly blank: boolean;
  /** Outcomes stay hidden until the next press: the audience predicts first. */
  readonly predict: boolean;
  /** The outcome of the operation at the cursor is hidden now. */
  readonly covered: boolean;
}

/** How the page shows a run: with the run, all that a link carries and that a second window must know. */
export interface PageLook {
  /** The kernel that single-kernel panels show: an index into the session's kernels. */
  readonly focus: number;
  /** The panel in front, where there is room for one only. */
  readonly tab: PanelName;
  /** How much of the call tree is shown. */
  readonly density: Density;
  /** Absent: the page as one works with it. */
  readonly presenting: Presenting | undefined;
}

export const firstLook: PageLook = {
  focus: 0,
  tab: 'program',
  density: 'decisions',
  presenting: undefined,
};

/** A run with how the page shows it. */
export interface PageView {
  readonly session: Session;
  readonly look: PageLook;
}

/** A view as it is handed on: to be worked with, whatever is presented here. */
export function handedOn({ session, look }: PageView): PageView {
  return { session, look: { ...look, presenting: undefined } };
}
