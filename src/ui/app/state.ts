import { fromTransition } from 'xstate';

import { followed, goToStop, standingOf } from '#scenarios/talks.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { stepBack, stepForward } from '#session/steps.ts';
import type { Opening } from './opening.ts';

/** What the page as a whole knows. Everything that a run consists of is in the session. */
export interface AppState {
  readonly session: Session;
  readonly look: PageLook;
  /** The run that was left for another scenario: one way back. */
  readonly previous: Session | undefined;
  /** Runs of other programs that a talk came by, each with its branches. */
  readonly shelf: readonly Session[];
  /** Something that the visitor should know once. */
  readonly notice: string | undefined;
}

/** A stop of the talk to go to. */
export type StopMove = 'next' | 'previous' | number;

export type AppAction =
  | { readonly type: 'update'; readonly update: (session: Session) => Session }
  /** To a stop of the talk; where none comes next in the notes of a scenario, an operation on or back. */
  | { readonly type: 'stop'; readonly to: StopMove }
  /** Another run instead of this one. */
  | { readonly type: 'open'; readonly session: Session }
  /** Show it otherwise. */
  | { readonly type: 'look'; readonly change: Partial<PageLook> }
  | { readonly type: 'dismiss' };

/** The state after an action. An update that fails leaves the run as it is and says so. */
export function reduce(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'update':
      return updated(state, action.update);
    case 'open':
      return {
        ...state,
        session: followed(action.session),
        look: { ...state.look, focus: 0 },
        previous: state.session,
        notice: undefined,
      };
    case 'stop':
      return attempted(state, () => atStop(state, action.to));
    case 'look':
      return { ...state, look: fitting({ ...state.look, ...action.change }, state.session) };
    case 'dismiss':
      return { ...state, notice: undefined };
  }
}

function updated(state: AppState, update: (session: Session) => Session): AppState {
  return attempted(state, () => {
    const session = update(state.session);
    if (session === state.session) return state;
    return { ...state, session: followed(session), look: refocused(state, session) };
  });
}

function atStop(state: AppState, to: StopMove): AppState {
  const { session, shelf } = state;
  const index = typeof to === 'number' ? to : standingOf(session)?.[to];
  if (index !== undefined) {
    const visit = goToStop(session, index, shelf);
    return { ...state, ...visit, look: refocused(state, visit.session) };
  }
  if (session.talk !== undefined) return state;
  return updated(state, to === 'next' ? stepForward : stepBack);
}

function attempted(state: AppState, attempt: () => AppState): AppState {
  try {
    return attempt();
  } catch (error) {
    return {
      ...state,
      notice: `That did not work: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The focus stays with its kernel, where that is still shown. */
function refocused({ session: before, look }: AppState, session: Session): PageLook {
  if (session.kernels === before.kernels) return look;
  const at = session.kernels.indexOf(before.kernels[look.focus] ?? '');
  return at < 0 ? fitting(look, session) : { ...look, focus: at };
}

function fitting(look: PageLook, { kernels }: Session): PageLook {
  return { ...look, focus: Math.min(Math.max(look.focus, 0), kernels.length - 1) };
}

/** The one actor of the page: what must survive a panel is in it. */
export const pageLogic = fromTransition(reduce, ({ input }: { readonly input: Opening }): AppState => ({
  ...input,
  previous: undefined,
  shelf: [],
}));
