import { equalJson } from '#base/equal.ts';
import { present } from '#base/assert.ts';
import type { OwnTalk, Stop, Talk, TalkChoice } from '#program/talk.ts';
import type { Program } from '#program/types.ts';
import { canStep } from '#session/derive.ts';
import { append, childrenOf, moveTo, startSession, type Session } from '#session/session.ts';
import { progressOf } from '#session/summary.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { tours, type Tour } from './tours.ts';

/** The talk that goes with a run: where it stands, and going from stop to stop. */

const asTalks = new Map<string, Talk>();

/** A scenario's notes are a talk: a stop after each operation. */
function notesOf({ id, title, notes }: Scenario): Talk {
  const known = asTalks.get(id);
  if (known) return known;
  const talk = { title, stops: notes.map((text, at) => ({ at, scenario: id, text })) };
  asTalks.set(id, talk);
  return talk;
}

const scenarioOf = (id: string | undefined): Scenario | undefined => scenarios.find((one) => one.id === id);

/** The talk that a run has: the visitor's own, a tour, else the notes of its scenario. */
export function talkOf({ talk, scenario }: Session): Talk | undefined {
  if (talk?.kind === 'own') return talk.talk;
  const tour = talk && tours.find(({ id }) => id === talk.id);
  const own = scenarioOf(scenario);
  return tour ?? (own && notesOf(own));
}

/** Whether a run is of the program that a stop shows. */
function showsProgram({ talk, scenario }: Session, stop: Stop): boolean {
  if (stop.scenario !== undefined) return scenario === stop.scenario;
  return talk?.kind !== 'own' || talk.program === undefined;
}

/** The stop that fits what is shown, where the cursor stands on the program's own way: the nearest one. */
export function followedStop(session: Session): number | undefined {
  const { made, scripted } = progressOf(session);
  const talk = talkOf(session);
  if (!talk || !scripted || session.cursor.micro !== undefined) return undefined;
  const fitting = talk.stops.flatMap((stop, index) => {
    const isHere = stop.at === made && showsProgram(session, stop);
    // Kernels that the visitor chose otherwise do not take the stop away at which the talk stands.
    const kernels =
      index === session.stop || (stop.kernels ?? []).every((id) => session.kernels.includes(id));
    return isHere && kernels ? [index] : [];
  });
  const distance = (index: number): number => Math.abs(index - session.stop);
  return fitting.toSorted((one, other) => distance(one) - distance(other) || other - one)[0];
}

/** The run with its talk at the stop that fits now; where none does, the talk waits at the one before. */
export function followed(session: Session): Session {
  const stop = followedStop(session) ?? session.stop;
  return stop === session.stop ? session : { ...session, stop };
}

/** Where a talk stands. */
export interface Standing {
  readonly talk: Talk;
  readonly index: number;
  readonly stop: Stop;
  /** The cursor stands on the stop; else the visitor went another way meanwhile. */
  readonly here: boolean;
  /** From a way of the visitor's own: back to the stop. */
  readonly previous: number | undefined;
  readonly next: number | undefined;
}

/** The stop at which the talk stands, and the ways on from it. */
export function standingOf(session: Session): Standing | undefined {
  const talk = talkOf(session);
  const followedAt = followedStop(session);
  const index = Math.min(followedAt ?? session.stop, (talk?.stops.length ?? 0) - 1);
  const stop = talk?.stops[index];
  if (!talk || !stop) return undefined;
  return {
    talk,
    index,
    stop,
    here: followedAt !== undefined,
    previous: followedAt === undefined ? index : index > 0 ? index - 1 : undefined,
    next: index + 1 < talk.stops.length ? index + 1 : undefined,
  };
}

/** The stop at which the talk stands. */
export function stopAt(session: Session): Stop | undefined {
  return standingOf(session)?.stop;
}

/** A run of a tour, at its first stop. */
export function openTour({ id, stops: [first] }: Tour): Session {
  const scenario = present(scenarioOf(first?.scenario), 'a scenario');
  const session = startSession(scenario.program, scenario.kernels, scenario.id);
  return goToStop({ ...session, talk: { kind: 'tour', id } }, 0).session;
}

/** A run at a stop, and the runs of other programs that the talk came by, each with its branches. */
export interface Visit {
  readonly session: Session;
  readonly shelf: readonly Session[];
}

/**
 * Show a stop of the talk: its program, its kernels, and the cursor on the program's own way. A run of another program
 * goes to the shelf, from where it is taken when the talk comes by again: no branch is lost.
 * Throws if there is no such stop, or no such scenario.
 */
export function goToStop(session: Session, index: number, shelf: readonly Session[] = []): Visit {
  const talk = talkOf(session);
  const stop = talk?.stops[index];
  if (!talk || !stop) throw new Error(`no stop ${index + 1}, the talk has ${talk?.stops.length ?? 0}`);
  const visit = showsProgram(session, stop) ? { session, shelf } : changeProgram(session, stop, shelf);
  const kernels = stop.kernels ?? session.kernels;
  return { ...visit, session: standAt({ ...visit.session, kernels, stop: index }, stop.at) };
}

function changeProgram(session: Session, stop: Stop, shelf: readonly Session[]): Visit {
  const { scenario, program } = programFor(session, stop);
  const talk = carried(session, stop);
  const kept = shelf.find((one) => one.scenario === scenario && equalJson(one.program, program));
  const opened = kept ?? startSession(program, session.kernels, scenario);
  return {
    session: { ...opened, talk },
    shelf: [...shelf.filter((one) => one !== kept), session],
  };
}

function programFor(session: Session, stop: Stop): Pick<Session, 'program' | 'scenario'> {
  if (stop.scenario === undefined) return { program: ownProgram(session), scenario: undefined };
  const scenario = scenarioOf(stop.scenario);
  if (!scenario) throw new Error(`unknown scenario ${stop.scenario}`);
  return { program: scenario.program, scenario: scenario.id };
}

/** The program of a talk's stops that name none. */
export function ownProgram({ talk, program }: Session): Program {
  return (talk?.kind === 'own' ? talk.program : undefined) ?? program;
}

/** The talk as it goes on with the run of another program: its own program goes with it. */
function carried(session: Session, stop: Stop): TalkChoice | undefined {
  const { talk: choice, scenario } = session;
  if (choice?.kind !== 'own') return choice;
  const talk: OwnTalk = { kind: 'own', talk: choice.talk };
  if (stop.scenario === undefined || (scenario !== undefined && choice.program === undefined)) return talk;
  return { ...talk, program: ownProgram(session) };
}

/** To where so many plain operations were made, or as far as the program goes; from there → goes on with it. */
function standAt(session: Session, at: number): Session {
  let here = moveTo(session, { node: 0 });
  for (let made = 0; made < at; made += 1) {
    const onward = plainStep(here) ?? (canStep(here, here.cursor.node) ? 'new' : undefined);
    if (onward === undefined) break;
    here = append(here, here.cursor.node, { kind: 'step' });
  }
  return onTheWay(here);
}

const plainStep = (session: Session): number | undefined =>
  childrenOf(session, session.cursor.node).find(({ event }) => event.kind === 'step')?.id;

/** Where a branch of the visitor's begins at the cursor, → follows the program all the same. */
function onTheWay(session: Session): Session {
  const { cursor } = session;
  if (childrenOf(session, cursor.node).length === 0) return session;
  if (plainStep(session) === undefined && !canStep(session, cursor.node)) return session;
  return { ...append(session, cursor.node, { kind: 'step' }), cursor };
}
