import { useState } from 'react';

import { branchEnd } from '#session/branches.ts';
import { nameBranch, type Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Dialog } from '../shared/Dialog.tsx';

interface Props {
  readonly session: Session;
  readonly dispatch: Dispatch;
  readonly onClose: () => void;
}

/** Give the branch that the cursor stands on a name; an empty one takes it away. */
export function BranchDialog({ session, dispatch, onClose }: Props) {
  const { id } = branchEnd(session);
  const [name, setName] = useState(session.names[id] ?? '');
  return (
    <Dialog title="Name this branch" onClose={onClose}>
      <form
        className="flex gap-2 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          dispatch((now) => nameBranch(now, id, name));
          onClose();
        }}
      >
        <input
          type="text"
          aria-label="Name of the branch"
          data-autofocus
          maxLength={60}
          value={name}
          placeholder="without NRIPS"
          onChange={(event) => setName(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-sm border border-line-strong bg-panel px-2 text-sm placeholder:text-ink-3"
        />
        <button
          type="submit"
          className="h-8 cursor-pointer rounded-sm border border-accent bg-accent-ground px-3 text-xs text-accent"
        >
          Name it
        </button>
      </form>
    </Dialog>
  );
}
