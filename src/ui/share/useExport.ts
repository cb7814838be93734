import { useEffect, useState } from 'react';

import { fail, type Result } from '#base/result.ts';
import type { Session } from '#session/session.ts';
import type { Exported, ExportEntry, ShareChoices } from './exports.ts';

type Made = Result<Exported, string>;

/** Make an export. Undefined until it is made; what was asked for before no longer counts. */
export function useExport(
  entry: ExportEntry,
  session: Session,
  focus: number,
  choices: ShareChoices,
): Made | undefined {
  const [last, setLast] = useState<{ readonly of: readonly unknown[]; readonly made: Made }>();
  useEffect(() => {
    const stop = new AbortController();
    const end = (made: Made): void => {
      if (!stop.signal.aborted) setLast({ of: [entry, session, focus, choices], made });
    };
    entry
      .make({ session, focus, choices, link: undefined, signal: stop.signal })
      .then(end, (error: unknown) => end(fail(error instanceof Error ? error.message : String(error))));
    return () => stop.abort();
  }, [entry, session, focus, choices]);
  const asked = [entry, session, focus, choices];
  return last?.of.every((one, index) => one === asked[index]) ? last.made : undefined;
}
