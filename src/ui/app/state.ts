import { fromTransition } from 'xstate';

import { followed, goToStop, standingOf } from '#scenarios/talks.ts';
import type { PageLook, PageView } from '#session/page-look.ts';
import { moved, uncovered } from '#session/presenting.ts';
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

type Move = (session: Session) => Session;
/** A stop of the talk to go to. */
export type StopMove = 'next' | 'previous' | number;

export type AppAction =
  | { readonly type: 'update'; readonly update: Move }
  /** Move on or back: on the stage not always at once. */
  | { readonly type: 'move'; readonly move: Move }
  /** To a stop of the talk; without a talk an operation on or back. */
  | { readonly type: 'stop'; readonly to: StopMove }
  /** Take what another window of the same talk shows. */
  | { readonly type: 'adopt'; readonly view: PageView }
  /** Another run instead of this one; absent look: as this one is shown. */
  | { readonly type: 'open'; readonly session: Session; readonly look?: PageLook }
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
      return stopped(state, action.to);
    case 'adopt':
      return { ...state, ...action.view };
    case 'open':
      return {
        ...state,
        session: followed(action.session),
        look: action.look ?? { ...state.look, focus: 0 },
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

/** To a stop of the talk, on the stage not always at once. A run of another program waits on the shelf. */
function stopped(state: AppState, to: StopMove): AppState {
  const standing = standingOf(state.session);
  const index = typeof to === 'number' ? to : standing?.[to];
  if (index === undefined) {
    const onward = to === 'next' ? stepForward : stepBack;
    // At the end of a talk one press too many changes nothing.
    return standing ? state : updated(state, (view) => moved(view, onward));
  }
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
export const pageLogic = fromTransition(
  reduce,
  ({ input: { session, look, previous, shelf, notice } }: { readonly input: Opening }): AppState => ({
    session: followed(session),
    look,
    previous,
    shelf,
    notice,
  }),
);
