import { useMemo, useState } from 'react';

import { fail, type Result } from '#base/result.ts';
import type { EventQuery } from '#trace/questions.ts';
import { parseQuery } from '#trace/query.ts';
import type { RecordingMove } from '../app/recording-keys.ts';
import { allOf, nextOf, only, type Listing } from './matches.ts';
import { lookAt, type OpenRecording } from './store.ts';
import { useMatches, type Matches } from './useMatches.ts';

/** What is looked for in a recording, and what the list shows of it. */
export interface Events {
  readonly query: Result<EventQuery | undefined, string>;
  readonly matches: Matches;
  readonly listing: Listing;
  /** What a move came to, where it led nowhere. */
  readonly said: string | undefined;
  readonly go: (move: RecordingMove) => void;
}

const placeNames = {
  nested: 'change between L1 and L2',
  efer: 'write of EFER',
  gap: 'place where events are missing',
} as const;

const neverStops = { aborted: false };

/** The search in a recording, the list, and the ways through it. */
export function useEvents({ summary, questions, look }: OpenRecording): Events {
  const { vcpu, cursor } = look;
  const query = useMemo(() => parseQuery(look.query, summary), [look.query, summary]);
  const asked = useMemo(() => {
    if (!query.ok || !query.value) return undefined;
    return vcpu === undefined ? query.value : { vcpu, ...query.value };
  }, [query, vcpu]);
  const filter = useMemo(() => (vcpu === undefined ? undefined : { vcpu }), [vcpu]);
  const matches = useMatches(questions, asked);
  const ofVcpu = useMatches(questions, filter);
  const listing = useMemo(() => {
    if (look.only && asked && matches.state === 'done') return only(matches.found);
    return ofVcpu.state === 'done' ? only(ofVcpu.found) : allOf(summary.events);
  }, [look.only, asked, matches, ofVcpu, summary.events]);

  const [answer, setAnswer] = useState<{ readonly at: number; readonly words: string }>();
  const say = (words: string): void => setAnswer({ at: cursor, words });
  const jump = async (to: keyof typeof placeNames, direction: 1 | -1): Promise<void> => {
    const where = { jump: to, ...filter };
    const found = await questions.find(where, cursor, direction, neverStops);
    if (found !== undefined) lookAt({ cursor: found });
    else say(`No ${placeNames[to]} ${direction === 1 ? 'after' : 'before'} this event.`);
  };
  const go = ({ to, direction }: RecordingMove): void => {
    if (to !== 'match') {
      void jump(to, direction).catch((error: unknown) => say(String(error)));
      return;
    }
    const found = nextOf(matches.found, cursor, direction);
    if (found !== undefined) lookAt({ cursor: found });
    else say(asked ? 'No event matches.' : 'Nothing is looked for.');
  };
  const said = answer?.at === cursor ? answer.words : undefined;
  return { query: query.ok ? query : fail(query.error), matches, listing, said, go };
}
