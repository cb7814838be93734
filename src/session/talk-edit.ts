import { problemLine } from '#program/problem.ts';
import { parseTalk } from '#program/talk-schema.ts';
import type { PanelName, Stop, Talk } from '#program/talk.ts';
import type { Session } from './session.ts';
import { progressOf } from './summary.ts';

/** Changes of a visitor's own talk. */

/**
 * The run with a talk as the visitor's own, standing at a stop of it.
 * Throws one line that says where the talk goes beyond what a talk may be.
 */
export function withTalk(session: Session, talk: Talk, stop = session.stop): Session {
  const parsed = parseTalk(talk);
  if (!parsed.ok) throw new Error(problemLine(parsed.error));
  const own = session.talk?.kind === 'own' ? session.talk : { kind: 'own' as const };
  return { ...session, talk: { ...own, talk }, stop: Math.max(0, Math.min(stop, talk.stops.length - 1)) };
}

/** What of a stop may be changed; what is undefined is taken away. */
export type StopChange = { readonly [Key in keyof Stop]?: Stop[Key] | undefined };

function changed(stop: Stop, change: StopChange): Stop {
  const kept = Object.entries({ ...stop, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as unknown as Stop;
}

export function changeStop(talk: Talk, index: number, change: StopChange): Talk {
  return { ...talk, stops: talk.stops.map((stop, at) => (at === index ? changed(stop, change) : stop)) };
}

/** Add a stop, so that it stands at that place. */
export function insertStop(talk: Talk, index: number, stop: Stop): Talk {
  return { ...talk, stops: talk.stops.toSpliced(index, 0, stop) };
}

export function removeStop(talk: Talk, index: number): Talk {
  return { ...talk, stops: talk.stops.toSpliced(index, 1) };
}

/** Move a stop to another place; beyond the ends it stays. */
export function moveStop(talk: Talk, from: number, to: number): Talk {
  const stop = talk.stops[from];
  if (!stop || to < 0 || to >= talk.stops.length) return talk;
  return { ...talk, stops: talk.stops.toSpliced(from, 1).toSpliced(to, 0, stop) };
}

/** Where a stop is put that is to show what is shown now; undefined where the visitor went another way. */
export function placeNow(
  session: Session,
): (Pick<StopChange, 'at' | 'scenario'> & { readonly at: number }) | undefined {
  const { made, scripted } = progressOf(session);
  return scripted && session.cursor.micro === undefined
    ? { at: made, scenario: session.scenario }
    : undefined;
}

/** The panels of a stop with one more, or one less; none is as if nothing was said. */
export function togglePanel(stop: Stop, panel: PanelName): StopChange {
  const show = stop.show ?? [];
  const next = show.includes(panel) ? show.filter((one) => one !== panel) : [...show, panel];
  return { show: next.length === 0 ? undefined : next };
}
