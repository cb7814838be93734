import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { present } from '#base/assert.ts';
import type { Result } from '#base/result.ts';
import { pixelsOf, standAlone, tokensAt } from '#browser/picture.ts';
import { codeSvg } from '#export/code-svg.ts';
import { paletteNames } from '#export/code-svg-row.ts';
import type { Density } from '#session/page-look.ts';
import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { ChartPicture } from './ChartPicture.tsx';
import { LanesPicture } from './LanesPicture.tsx';

export type PictureKind = 'chart' | 'lanes' | 'code';

/** `shown`: in the colours of the page as it is; `light`: for print and mail. */
export type PictureTheme = 'shown' | 'light';

/** What the page shows, of which a picture is made. */
export interface PictureSource {
  readonly session: Session;
  readonly views: readonly View[];
  readonly focus: number;
  readonly density: Density;
}

/** Pixels of a PNG for each pixel of the picture: sharp on a projector and in print. */
const scale = 2;

/** Work with an element that stands in the page in a theme, where nobody sees it. */
function offScreen<Made>(theme: PictureTheme, make: (host: HTMLElement) => Made): Made {
  const host = document.createElement('div');
  if (theme === 'light') host.dataset['theme'] = 'light';
  host.inert = true;
  host.className = 'pointer-events-none fixed top-0 -left-[20000px]';
  document.body.append(host);
  try {
    return make(host);
  } finally {
    host.remove();
  }
}

function drawnAlone(host: HTMLElement, drawing: ReactNode): string {
  const root = createRoot(host);
  flushSync(() => root.render(drawing));
  const svg = standAlone(present(host.querySelector('svg'), 'a drawing'));
  root.unmount();
  return svg;
}

/** One of the page's drawings as an SVG that stands alone. */
export async function pictureOf(
  kind: PictureKind,
  theme: PictureTheme,
  { session, views, focus, density }: PictureSource,
): Promise<string> {
  // React does not draw at once from within an effect, which may be who asks.
  await Promise.resolve();
  const focused = present(views[focus] ?? views[0], 'a kernel');
  const pictured = { session, views, focused };
  return offScreen(theme, (host) => {
    switch (kind) {
      case 'chart':
        return drawnAlone(host, <ChartPicture {...pictured} />);
      case 'lanes':
        return drawnAlone(host, <LanesPicture {...pictured} />);
      case 'code':
        return codeSvg({ session, views, focus, density, palette: tokensAt(host, paletteNames) });
    }
  });
}

/** A picture as PNG. */
export const pngOf = (svg: string): Promise<Result<Blob, string>> => pixelsOf(svg, scale);
