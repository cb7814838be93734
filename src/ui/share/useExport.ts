import { useEffect, useState } from 'react';

import { addressWithoutFragment } from '#browser/address.ts';
import { fail, type Result } from '#base/result.ts';
import { handedOn, type PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { linkOf, linkProblem } from '#share/link.ts';
import type { Exported, ExportEntry, ShareChoices } from './exports.ts';

type Made = Result<Exported, string>;

interface Asked {
  readonly entry: ExportEntry;
  readonly session: Session;
  readonly look: PageLook;
  readonly choices: ShareChoices;
}

/** Make an export. Undefined until it is made; what was asked for before no longer counts. */
export function useExport({ entry, session, look, choices }: Asked): Made | undefined {
  const [last, setLast] = useState<{ readonly of: readonly unknown[]; readonly made: Made }>();
  useEffect(() => {
    const stop = new AbortController();
    const end = (made: Made): void => {
      if (!stop.signal.aborted) setLast({ of: [entry, session, look, choices], made });
    };
    const link = linkProblem(session)
      ? undefined
      : linkOf(handedOn({ session, look }), addressWithoutFragment());
    entry
      .make({ session, focus: look.focus, choices, link, signal: stop.signal })
      .then(end, (error: unknown) => end(fail(error instanceof Error ? error.message : String(error))));
    return () => stop.abort();
  }, [entry, session, look, choices]);
  const asked = [entry, session, look, choices];
  return last?.of.every((one, index) => one === asked[index]) ? last.made : undefined;
}
