import type { ReactNode } from 'react';

import type { EmbedQuery } from '#browser/frames.ts';
import { addressFragment } from '#browser/address.ts';
import { fail, ok, type Result } from '#base/result.ts';
import { firstLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { choices as choose, quote } from '#program/problem.ts';
import { readFragment } from '#share/link.ts';
import { parsePanels, usualPanels } from '#share/embed.ts';
import { firstSession } from '../app/opening.ts';
import { choices } from '../settings/settings.ts';
import { EmbedApp } from './EmbedApp.tsx';

/**
 * The embedded page that an address asks for, with the run of its link. What it asks for in vain is said, and the usual
 * stands instead.
 */
export function embedded({ embed, theme }: EmbedQuery): ReactNode {
  const panels = parsePanels(embed);
  const fragment = addressFragment();
  const linked = fragment === '' ? undefined : readFragment(fragment);
  const problems = [errorOf(panels), themeProblem(theme), linked && errorOf(linked)].filter(
    (problem) => problem !== undefined,
  );
  return (
    <EmbedApp
      opening={{
        ...(linked?.ok ? linked.value : { session: firstSession(), look: firstLook }),
        previous: undefined,
        shelf: [],
        byLink: linked?.ok === true,
        notice: problems.length === 0 ? undefined : `The address of this frame: ${problems.join('; ')}.`,
      }}
      panels={panels.ok ? panels.value : usualPanels}
      openLink={openLink}
    />
  );
}

const errorOf = (result: Result<unknown, string>): string | undefined =>
  result.ok ? undefined : result.error;

/** The run of a link, which is what follows its `#`. */
function openLink(link: string): Result<Session, string> {
  const view = readFragment(link.replace(/^[^#]*#/s, ''));
  return view.ok ? ok(view.value.session) : fail(view.error);
}

function themeProblem(theme: string | undefined): string | undefined {
  if (theme === undefined || choices.theme.some((one) => one === theme)) return undefined;
  return `theme: ${quote(theme)} is none: ${choose(theme, choices.theme)}`;
}
