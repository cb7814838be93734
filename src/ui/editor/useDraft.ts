import { useState } from 'react';

import type { ListingName } from '#program/notation.ts';
import type { Program } from '#program/types.ts';
import { differs, draftOf, withListing, type Draft } from './draft.ts';

/** What the editor has to say about something else than the lines. */
export type Message =
  /** A file or a text that is no program: nothing was replaced. */
  | { readonly kind: 'refused'; readonly text: string }
  /** The fields hold something else now; what they held can be had back. */
  | { readonly kind: 'replaced'; readonly text: string; readonly before: Draft }
  /** The fields hold what was left here earlier. */
  | { readonly kind: 'kept' }
  /** A program was pasted where an operation is written. */
  | { readonly kind: 'offered'; readonly program: Program };

interface State {
  readonly draft: Draft;
  /** Counts how often the whole draft was replaced: each time the fields begin a new undo history. */
  readonly generation: number;
  readonly message: Message | undefined;
}

function opening(program: Program, kept: Draft | undefined, told: Message | undefined): State {
  const message: Message | undefined = kept && differs(kept, program) ? { kind: 'kept' } : undefined;
  return { draft: kept ?? draftOf(program), generation: 0, message: told ?? message };
}

/** Keep the text while it is edited, and hand it out at every change, so that closing the editor loses nothing. */
export function useDraft(
  program: Program,
  kept: Draft | undefined,
  told: Message | undefined,
  onDraft: ((draft: Draft) => void) | undefined,
) {
  const [{ draft, generation, message }, setState] = useState(() => opening(program, kept, told));

  const edit = (changed: Draft): void => {
    setState((state) => ({ ...state, draft: changed }));
    onDraft?.(changed);
  };
  const replace = (changed: Draft, why: Message | undefined): void => {
    setState({ draft: changed, generation: generation + 1, message: why });
    onDraft?.(changed);
  };
  return {
    draft,
    generation,
    message,
    setTitle: (title: string): void => edit({ ...draft, title }),
    setListing: (list: ListingName, text: string): void => edit(withListing(draft, list, text)),
    /** Take another program into the fields. */
    load: (loaded: Program, from: string): void =>
      replace(
        { ...draftOf(loaded), frame: loaded },
        { kind: 'replaced', text: `${from} is in the fields now.`, before: draft },
      ),
    startOver: (): void =>
      replace(draftOf(program), { kind: 'replaced', text: 'The program as it runs.', before: draft }),
    bringBack: (before: Draft): void => replace(before, undefined),
    say: (words: Message | undefined): void => setState((state) => ({ ...state, message: words })),
  };
}
