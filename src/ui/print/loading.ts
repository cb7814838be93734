import type { ComponentType } from 'react';

import type { HandoutProps } from './Handout.tsx';

let loaded: ComponentType<HandoutProps> | undefined;

/** Fetch the handout, so that it is there when the browser prints: that waits for nothing. */
export async function loadHandout(): Promise<void> {
  loaded = (await import('./Handout.tsx')).Handout;
}

export const loadedHandout = (): ComponentType<HandoutProps> | undefined => loaded;
