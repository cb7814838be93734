import type { Line } from './line.ts';

/** What tracers print about themselves: comments, markers, and how many events are missing. */

const lostForms: readonly RegExp[] = [
  // trace, trace_pipe; trace-cmd
  /^CPU:(\d{1,5}) \[(?:LOST )?(?:(\d{1,15}) )?EVENTS(?: DROPPED)?\]$/,
  /^#{2,8} CPU (\d{1,5}) buffer started #{2,8}$/,
];
const perfLost = /(?:\bPERF_RECORD_LOST(?:_SAMPLES)? lost|\bLOST) (\d{1,15})\b/;
const written = /^#\s{0,40}entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15})\b/;

/** Of trace-cmd: what it says before the first event. */
const said = /^(?:cpus=\d+|version = \S+|CPU \d+ is empty|trace-cmd version .{1,80})$/;

const count = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

function lostLine(words: string): Line | undefined {
  for (const form of lostForms) {
    const found = form.exec(words);
    if (found) return { kind: 'lost', cpu: Number(found[1]), count: count(found[2]) };
  }
  const [, kept, all] = written.exec(words) ?? [];
  const missing = Number(all) - Number(kept);
  if (missing > 0) return { kind: 'lost', cpu: undefined, count: missing };
  const lost = words.startsWith('#') ? null : perfLost.exec(words);
  return lost ? { kind: 'lost', cpu: undefined, count: Number(lost[1]) } : undefined;
}

/** A line that is no event and no call. */
export function otherLine(text: string): Line {
  const words = text.trim();
  const lost = lostLine(words);
  if (lost) return lost;
  if (words.startsWith('#')) return { kind: 'note', text: words.replace(/^#+\s*/, '') };
  if (said.test(words) || /^-{5,200}$/.test(words)) return { kind: 'note', text: words };
  return { kind: 'unknown', text };
}
