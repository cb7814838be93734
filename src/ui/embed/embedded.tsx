import type { ReactNode } from 'react';

import type { EmbedQuery } from '#browser/frames.ts';
import { firstLook } from '#session/page-look.ts';
import { choices as choose, quote } from '#program/problem.ts';
import { parsePanels, usualPanels } from '#share/embed.ts';
import { firstSession } from '../app/opening.ts';
import { choices } from '../settings/settings.ts';
import { EmbedApp } from './EmbedApp.tsx';

/** The embedded page that an address asks for. What it asks for in vain is said, and the usual stands instead. */
export function embedded({ embed, theme }: EmbedQuery): ReactNode {
  const panels = parsePanels(embed);
  const problems = [panels.ok ? undefined : panels.error, themeProblem(theme)].filter(
    (problem) => problem !== undefined,
  );
  return (
    <EmbedApp
      opening={{
        session: firstSession(),
        look: firstLook,
        notice: problems.length === 0 ? undefined : `The address of this frame: ${problems.join('; ')}.`,
      }}
      panels={panels.ok ? panels.value : usualPanels}
    />
  );
}

function themeProblem(theme: string | undefined): string | undefined {
  if (theme === undefined || choices.theme.some((one) => one === theme)) return undefined;
  return `theme: ${quote(theme)} is none: ${choose(theme, choices.theme)}`;
}
