import { fromTransition } from 'xstate';

import type { PageLook, PageView } from '#session/page-look.ts';
import { moved, uncovered } from '#session/presenting.ts';
import type { Session } from '#session/session.ts';
import { followed, goToStop, standingOf, type Standing } from '#scenarios/talks.ts';
import type { Opening } from './opening.ts';

/** What the page as a whole knows. Everything that a run consists of is in the session. */
export interface AppState {
  readonly session: Session;
  readonly look: PageLook;
  /** The run that was left for another scenario: one way back. */
  readonly previous: Session | undefined;
  /** Runs of other programs that the talk came by, each with its branches. */
  readonly shelf: readonly Session[];
  /** Something that the visitor should know once. */
  readonly notice: string | undefined;
}

type Move = (session: Session) => Session;
/** The stop to go to, given where the talk stands; undefined: none. */
export type ChooseStop = (standing: Standing) => number | undefined;

export type AppAction =
  | { readonly type: 'update'; readonly update: Move }
  /** Move on or back: on the stage not always at once. */
  | { readonly type: 'move'; readonly move: Move }
  /** Show a stop of the talk; without a talk, make that move. */
  | { readonly type: 'stop'; readonly choose: ChooseStop; readonly otherwise?: Move }
  /** Take what another window of the same talk shows. */
  | { readonly type: 'adopt'; readonly view: PageView }
  /** Another run instead of this one. */
  | { readonly type: 'open'; readonly session: Session }
  /** Show it otherwise. */
  | { readonly type: 'look'; readonly change: Partial<PageLook> }
  /** Tell the visitor something. */
  | { readonly type: 'tell'; readonly notice: string }
  | { readonly type: 'dismiss' };

/** The state after an action. An update that fails leaves the run as it is and says so. */
export function reduce(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'update':
      return updated(state, (view) => ({ session: action.update(view.session), look: view.look }));
    case 'move':
      return updated(state, (view) => moved(view, action.move));
    case 'stop':
      return stopped(state, action);
    case 'adopt':
      return { ...state, ...action.view };
    case 'open':
      return {
        ...state,
        session: followed(action.session),
        look: { ...state.look, focus: 0 },
        previous: state.session,
        notice: undefined,
      };
    case 'look':
      return { ...state, look: fitting({ ...state.look, ...action.change }, state.session) };
    case 'tell':
      return { ...state, notice: action.notice };
    case 'dismiss':
      return { ...state, notice: undefined };
  }
}

/** To a stop of the talk. A run of another program waits on the shelf; without a stop to go to, the run goes on. */
function stopped(state: AppState, { choose, otherwise }: Extract<AppAction, { type: 'stop' }>): AppState {
  const standing = standingOf(state.session);
  if (!standing && otherwise) return updated(state, (view) => moved(view, otherwise));
  const index = standing && choose(standing);
  if (index === undefined) return state;
  let { shelf } = state;
  const move = (session: Session): Session => {
    const visit = goToStop(session, index, shelf);
    ({ shelf } = visit);
    return visit.session;
  };
  const next = updated(state, (view) => moved(view, move));
  return next.session === state.session ? next : { ...next, shelf };
}

function updated(state: AppState, update: (view: PageView) => PageView): AppState {
  try {
    const { session, look } = update(state);
    if (session === state.session) return look === state.look ? state : { ...state, look };
    return {
      ...state,
      session: followed(session),
      look: refocused({ ...state, look: uncovered(look) }, session),
    };
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
  session: followed(input.session),
  previous: undefined,
  shelf: [],
}));
