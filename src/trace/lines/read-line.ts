import { ftraceLine, perfLine } from './event-line.ts';
import { graphLine } from './graph-line.ts';
import type { Line } from './line.ts';
import { otherLine } from './other-line.ts';

/** What a line says, whichever tracer printed it; undefined for an empty one. */
export function readLine(text: string): Line | undefined {
  if (text.trim() === '') return undefined;
  if (text.trimStart().startsWith('#')) return otherLine(text);
  return ftraceLine(text) ?? perfLine(text) ?? graphLine(text) ?? otherLine(text);
}
