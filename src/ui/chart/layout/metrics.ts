import type { Arrow, Passage } from '#session/chart-graph.ts';

/** Sizes of what the chart draws, in its own units. The layout leaves room for them, the drawing keeps to them. */

/** Widest advance of the monospace faces that the page may get, for one unit of font size. */
const monoAdvance = 0.605;

export const labelFont = 11;
export const stateFont = 11.5;
export const titleFont = 11;
/** One line of a label. */
export const labelLine = 13;
/** The sign before a label whose breach the kernel warns of. */
export const warnSign = 11;

/** High enough for the name and, where kernels differ, a line of their tags below it. */
export const stateHeight = 27;
const stateMinWidth = 54;
/** Left of a state's name stands the mark of the current one. */
export const stateMark = 14;
const statePad = 6;
/** From the initial state's left side to the middle of its dot. */
export const dotReach = 12;
export const dotRadius = 2.5;

export const titleHeight = 16;
export const framePad = 4;
export const frameGap = 4;

export const textWidth = (text: string, font: number): number => Math.ceil(text.length * font * monoAdvance);

/** Wide enough for the longest name of the region: equal boxes keep the arrows between them straight. */
export function stateWidth(names: readonly string[]): number {
  return Math.max(stateMinWidth, ...names.map((name) => stateMark + textWidth(name, stateFont) + statePad));
}

/** What stands beside an arrow: the event; of one that only leaves a mark, the mark. */
export const labelText = ({ from, to, label, warn }: Passage): string => (from === to && warn ? warn : label);

export function labelSize({ passages }: Arrow): { readonly width: number; readonly height: number } {
  const lines = passages.map(
    (passage) => textWidth(labelText(passage), labelFont) + (passage.warn ? warnSign : 0),
  );
  return { width: Math.max(...lines) + 3, height: labelLine * passages.length };
}
