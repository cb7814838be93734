/** A talk: notes to a run, a stop at a time, each with what to show. Scenarios, tours and visitors' own notes are talks. */

import type { Program } from './types.ts';

/** The panels that a stop can ask for. */
export const panelNames = ['program', 'chart', 'lanes', 'code', 'state'] as const;
export type PanelName = (typeof panelNames)[number];

/** Whose argument a stop tells, in words of our own. */
export interface Source {
  readonly author: string;
  /** As YYYY-MM-DD. */
  readonly date: string;
  /** Of the mail, without angle brackets. */
  readonly messageId?: string;
}

/** What a stop is about: a function, a test in it as the code panel shows it, or an invariant. */
export type About =
  | { readonly kind: 'function'; readonly fn: string }
  | { readonly kind: 'test'; readonly fn: string; readonly test: string }
  | { readonly kind: 'invariant'; readonly id: string };

/** One stop of a talk. */
export interface Stop {
  /** Operations of the program made when it is shown. */
  readonly at: number;
  /** The ready-made program that it shows; absent: the talk's own. */
  readonly scenario?: string;
  /** Kernels to show; absent: those that are shown. */
  readonly kernels?: readonly string[];
  readonly title?: string;
  /** Markdown, as far as `markdown.ts` reads it. */
  readonly text: string;
  /** Panels to show when presenting; absent: those that are shown. */
  readonly show?: readonly PanelName[];
  readonly source?: Source;
  readonly about?: About;
}

export interface Talk {
  readonly title: string;
  readonly stops: readonly Stop[];
}

/** What the talk of a visitor runs besides ready-made programs is in `program`, where the run is of another one now. */
export interface OwnTalk {
  readonly kind: 'own';
  readonly talk: Talk;
  readonly program?: Program;
}

/** Which talk goes with a run: that of its scenario if it says nothing, a tour by its id, or one of the visitor's own. */
export type TalkChoice = { readonly kind: 'tour'; readonly id: string } | OwnTalk;

/** What a file holds: a program, and where it is that of a talk, the talk. */
export interface TalkFile {
  readonly program: Program;
  readonly talk?: Talk;
  /** Kernels to show. */
  readonly kernels?: readonly string[];
}
