import { createElement, type ReactNode } from 'react';

import type { HandoutProps } from './Handout.tsx';

let draw: ((props: HandoutProps) => ReactNode) | undefined;

/** Fetch the handout, so that it is there when the browser prints: that waits for nothing. */
export async function loadHandout(): Promise<void> {
  const { Handout } = await import('./Handout.tsx');
  draw = (props) => createElement(Handout, props);
}

/** The handout; undefined as long as it is not fetched. */
export const handoutOf = (props: HandoutProps): ReactNode => draw?.(props);
