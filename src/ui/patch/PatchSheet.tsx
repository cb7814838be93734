import { useEffect, useRef, type KeyboardEvent } from 'react';

import type { Session } from '#session/session.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { Behaviours } from './Behaviours.tsx';
import { LetterList } from './LetterList.tsx';
import { LetterView } from './LetterView.tsx';
import { closePatches, showSheet, type OpenPatches } from './store.ts';

interface Props {
  readonly open: OpenPatches;
  readonly onOpen: (session: Session) => void;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  showSheet(false);
}

/** Show the patches that were opened: the list of them, and of the chosen one the message, the hunks, what they change. */
export function PatchSheet({ open, onOpen }: Props) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    sheet.current?.querySelector<HTMLElement>('[data-roving][tabindex="0"]')?.focus();
  }, []);
  const letter = open.letters[open.at];
  const patch = letter?.recognition?.patch;
  return (
    // The keys of what is inside, on their way up.
    <div ref={sheet} role="presentation" onKeyDown={onKeyDown} className="h-full min-h-0">
      <PanelFrame
        title="Patches"
        aside={
          <span className="flex gap-1">
            <Button tone="quiet" onClick={closePatches} className="h-6!">
              Close the patches
            </Button>
            <Button tone="quiet" label="Hide the sheet" onClick={() => showSheet(false)} className="h-6!">
              × <Kbd>Esc</Kbd>
            </Button>
          </span>
        }
        footer={patch && <Behaviours key={patch.id} patch={patch} chosen={open.hunk} onOpen={onOpen} />}
      >
        <LetterList open={open} />
        {letter && <LetterView key={open.at} open={letter} chosen={open.hunk} />}
      </PanelFrame>
    </div>
  );
}
