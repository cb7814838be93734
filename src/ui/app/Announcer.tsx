import { useEffect, useState } from 'react';

import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { spokenSummary } from '#session/summary.ts';

interface Props {
  readonly session: Session;
  readonly views: readonly View[];
  /** What the page has just done, where that is no step. */
  readonly done: string | undefined;
}

/** Tell screen readers what each step did, and what else was done. The only live region of the page. */
export function Announcer({ session, views, done }: Props) {
  const words = spokenSummary(session, views);
  const [said, setSaid] = useState('');
  // A pause lets a run of quick steps end in one message.
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), 150);
    return () => clearTimeout(timer);
  }, [words]);
  useEffect(() => {
    if (done === undefined) return undefined;
    const timer = setTimeout(() => setSaid(done), 150);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
