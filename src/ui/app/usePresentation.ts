import { useState } from 'react';

import { openAudience, openPresenter, placeOfWindow } from '#browser/windows.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Partner } from '../present/partner.ts';

interface Options {
  readonly look: PageLook;
  readonly onPresent: () => void;
  readonly onRefused: (notice: string) => void;
}

const refused = 'The browser did not open a second window: allow pop-ups for this page, then press w again.';

/** This window's part in a talk: the stage, the presenter's window, or neither. */
export function usePresentation({ look: { presenting }, onPresent, onRefused }: Options) {
  const [place, setPlace] = useState(placeOfWindow);
  const [partner, setPartner] = useState<Partner>('waiting');
  const apart = place?.role === 'presenter';
  return {
    place,
    partner,
    setPartner,
    /** This window is the presenter's. */
    apart,
    /** What the stage of this window shows. */
    staged: apart ? undefined : presenting,
    openPresenter: (): void => {
      const opened = apart ? undefined : openPresenter();
      if (!opened) return onRefused(refused);
      setPlace(opened);
      if (!presenting) onPresent();
    },
    openAudience: (): void => {
      if (place && !openAudience(place.room)) onRefused(refused);
    },
  };
}

export type Presentation = ReturnType<typeof usePresentation>;
