import { toggleFullScreen } from '#browser/full-screen.ts';
import { recordingStore, showRecording } from '../recording/store.ts';
import type { DialogName, KeyActions } from './keys.ts';
import type { Editing } from './useEditing.ts';
import type { PageState } from './usePageState.ts';
import type { Presentation } from './usePresentation.ts';

interface Parts {
  readonly page: PageState;
  readonly open: (dialog: DialogName) => void;
  readonly turnTheme: () => void;
  readonly editing: Editing;
  readonly notes: () => void;
  readonly copyLink: () => void;
  readonly presentation: Presentation;
}

/** What the keys can do, from the parts of the page that do it. */
export function keyActions({
  page,
  open,
  turnTheme,
  editing,
  notes,
  copyLink,
  presentation,
}: Parts): KeyActions {
  const { state, dispatch, onMove, onStop, onLook, onFocus, onTab } = page;
  return {
    update: dispatch,
    move: onMove,
    stop: onStop,
    notes,
    copyLink,
    look: (change) => onLook(change(state.look)),
    openPresenter: presentation.openPresenter,
    fullScreen: toggleFullScreen,
    focus: onFocus,
    open,
    turnTheme,
    search: () => {
      onTab('state');
      requestAnimationFrame(() => document.getElementById('intercept-search')?.focus());
    },
    edit: editing.open,
    // Only the page of a recording has events to go through.
    goThrough: () => undefined,
    turnRecording: () => showRecording(!recordingStore.get().shown),
  };
}
