import { useEffect, useState } from 'react';

import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { spokenSummary } from '#session/summary.ts';

interface Props {
  readonly session: Session;
  readonly views: readonly View[];
}

/** Tell screen readers what each step did. The only live region of the page. */
export function Announcer({ session, views }: Props) {
  const words = spokenSummary(session, views);
  const [said, setSaid] = useState('');
  // A pause lets a run of quick steps end in one message.
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), 150);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
