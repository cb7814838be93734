import { fromTransition } from 'xstate';

import type { Session } from '#session/session.ts';
import type { Opening } from './opening.ts';

/** What the page as a whole knows. Everything that a run consists of is in the session. */
export interface AppState {
  readonly session: Session;
  /** The run that was left for another scenario: one way back. */
  readonly previous: Session | undefined;
  /** The kernel that single-kernel panels show: an index into the session's kernels. */
  readonly focus: number;
  /** Something that the visitor should know once. */
  readonly notice: string | undefined;
}

export type AppAction =
  | { readonly type: 'update'; readonly update: (session: Session) => Session }
  /** Another run instead of this one. */
  | { readonly type: 'open'; readonly session: Session }
  | { readonly type: 'focus'; readonly index: number }
  | { readonly type: 'dismiss' };

/** The state after an action. An update that fails leaves the run as it is and says so. */
export function reduce(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'update':
      return updated(state, action.update);
    case 'open':
      return { session: action.session, previous: state.session, focus: 0, notice: undefined };
    case 'focus':
      return { ...state, focus: clamp(action.index, state.session) };
    case 'dismiss':
      return { ...state, notice: undefined };
  }
}

function updated(state: AppState, update: (session: Session) => Session): AppState {
  try {
    const session = update(state.session);
    if (session === state.session) return state;
    return { ...state, session, focus: followed(state, session) };
  } catch (error) {
    return {
      ...state,
      notice: `That did not work: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The focus stays with its kernel, where that is still shown. */
function followed({ session: before, focus }: AppState, session: Session): number {
  if (session.kernels === before.kernels) return focus;
  const at = session.kernels.indexOf(before.kernels[focus] ?? '');
  return at < 0 ? clamp(focus, session) : at;
}

function clamp(index: number, { kernels }: Session): number {
  return Math.min(Math.max(index, 0), kernels.length - 1);
}

/** The one actor of the page: what must survive a panel is in it. */
export const pageLogic = fromTransition(reduce, ({ input }: { readonly input: Opening }): AppState => ({
  ...input,
  previous: undefined,
  focus: 0,
}));
