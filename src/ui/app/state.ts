import { fromTransition } from 'xstate';

import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import type { Opening } from './opening.ts';

/** What the page as a whole knows. Everything that a run consists of is in the session. */
export interface AppState {
  readonly session: Session;
  readonly look: PageLook;
  /** The run that was left for another scenario: one way back. */
  readonly previous: Session | undefined;
  /** Something that the visitor should know once. */
  readonly notice: string | undefined;
}

export type AppAction =
  | { readonly type: 'update'; readonly update: (session: Session) => Session }
  /** Another run instead of this one; absent look: as this one is shown. */
  | { readonly type: 'open'; readonly session: Session; readonly look?: PageLook }
  /** Show it otherwise. */
  | { readonly type: 'look'; readonly change: Partial<PageLook> }
  | { readonly type: 'tell'; readonly notice: string }
  | { readonly type: 'dismiss' };

/** The state after an action. An update that fails leaves the run as it is and says so. */
export function reduce(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'update':
      return updated(state, action.update);
    case 'open':
      return {
        session: action.session,
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

function updated(state: AppState, update: (session: Session) => Session): AppState {
  try {
    const session = update(state.session);
    if (session === state.session) return state;
    return { ...state, session, look: followed(state, session) };
  } catch (error) {
    return {
      ...state,
      notice: `That did not work: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The focus stays with its kernel, where that is still shown. */
function followed({ session: before, look }: AppState, session: Session): PageLook {
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
  ({ input: { session, look, previous, notice } }: { readonly input: Opening }): AppState => ({
    session,
    look,
    previous,
    notice,
  }),
);
