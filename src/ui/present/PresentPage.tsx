import { useEffect, useLayoutEffect, useState } from 'react';

import { keepAwake } from '#browser/wake-lock.ts';
import { showStage } from '#browser/stage.ts';
import type { Presenting } from '#session/page-look.ts';
import type { KeyActions } from '../app/keys.ts';
import type { SlotProps } from '../app/PanelSlot.tsx';
import { Stage } from './Stage.tsx';
import { StageControls } from './StageControls.tsx';

interface Props extends SlotProps {
  readonly presenting: Presenting;
  readonly actions: KeyActions;
}

/** The page as a stage: large, awake, and with what a presenter without a second window needs at the bottom. */
export function PresentPage({ presenting, actions, ...slot }: Props) {
  const [set, setSet] = useState(false);
  // Panels look for their place when they come: the type must be large by then.
  useLayoutEffect(() => {
    const strike = showStage();
    // oxlint-disable-next-line react/set-state-in-effect -- The first time nothing is drawn but the type is set.
    setSet(true);
    return strike;
  }, []);
  useEffect(keepAwake, []);
  if (!set) return null;
  return (
    <Stage
      {...slot}
      presenting={presenting}
      controls={
        // For the presenter, who sits near.
        <footer className="shrink-0 border-t border-line bg-panel px-2 py-1 [zoom:0.6] max-md:[zoom:1]">
          <StageControls session={slot.session} presenting={presenting} actions={actions} apart={false} />
        </footer>
      }
    />
  );
}
