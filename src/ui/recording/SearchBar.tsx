import { figure } from '#base/figures.ts';
import { useEffect, useEffectEvent, useId, useState, type KeyboardEvent } from 'react';

import { queryHelp } from '#trace/query.ts';
import { useShortcuts } from '../settings/single-keys.ts';
import { Button } from '../shared/Button.tsx';
import { Switch } from '../shared/Switch.tsx';
import { classes } from '../shared/classes.ts';
import { below, has } from './matches.ts';
import { lookAt, type RecordingLook } from './store.ts';
import type { Events } from './useEvents.ts';

interface Props {
  readonly look: RecordingLook;
  readonly events: Events;
}

/** So long after the last letter the search begins, in milliseconds. */
const pause = 250;

/** Look for events, go from match to match, list nothing else; say how many there are, or what is wrong with the query. */
export function SearchBar({ look, events }: Props) {
  const { matches, query, go } = events;
  const toldId = useId();
  const off = matches.found.length === 0;
  return (
    <search className="flex shrink-0 flex-col gap-1 border-b border-line p-1.5">
      <div className="flex items-center gap-1">
        <SearchField look={look} events={events} toldId={toldId} />
        <Button label="Previous match" off={off} onClick={() => go({ to: 'match', direction: -1 })}>
          ↑
        </Button>
        <Button label="Next match" off={off} onClick={() => go({ to: 'match', direction: 1 })}>
          ↓
        </Button>
      </div>
      <div className="flex min-h-7 items-center justify-between gap-2 text-2xs">
        <p
          id={toldId}
          role="status"
          className={classes(
            'min-w-0 tabular-nums [overflow-wrap:anywhere]',
            query.ok ? 'text-ink-2' : 'text-danger',
          )}
        >
          {told(look, events)}
        </p>
        <span className="flex shrink-0 items-center gap-1">
          {matches.state === 'searching' && <Button onClick={matches.stop}>Stop</Button>}
          {query.ok && query.value && (
            <Switch label="only these" checked={look.only} onChange={(only) => lookAt({ only })} />
          )}
        </span>
      </div>
    </search>
  );
}

function SearchField({ look, events: { query, go }, toldId }: Props & { readonly toldId: string }) {
  const field = useTyped(look.query);
  const key = useShortcuts('/');
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') {
      field.commit('');
      document.getElementById('recording-events')?.focus();
    } else if (event.key === 'Enter') {
      if (field.text !== look.query) field.commit(field.text);
      else go({ to: 'match', direction: event.shiftKey ? -1 : 1 });
    }
  };
  return (
    <input
      id="event-search"
      type="search"
      aria-label="Search the events"
      aria-keyshortcuts={key}
      aria-describedby={toldId}
      aria-invalid={!query.ok}
      placeholder={key === undefined ? queryHelp : `${key}  ${queryHelp}`}
      spellCheck={false}
      autoComplete="off"
      value={field.text}
      onChange={({ target }) => field.type(target.value)}
      onKeyDown={onKeyDown}
      className={classes(
        'h-7 min-w-0 flex-1 rounded-sm border bg-panel px-1.5 font-mono text-xs placeholder:text-2xs placeholder:text-ink-3',
        query.ok ? 'border-line-strong' : 'border-danger',
      )}
    />
  );
}

/** The one line below the field. */
function told({ cursor }: RecordingLook, { query, matches, said, listing }: Events): string {
  if (!query.ok) return query.error;
  if (said !== undefined) return said;
  const { found } = matches;
  switch (matches.state) {
    case 'none':
      return `${figure(listing.rows)} events`;
    case 'searching':
      return 'Searching …';
    case 'stopped':
      return 'The search was stopped.';
    case 'failed':
      return matches.failure ?? '';
    case 'done':
      if (found.length === 0) return 'No event matches.';
      return has(found, cursor)
        ? `Match ${figure(below(found, cursor) + 1)} of ${figure(found.length)}`
        : `${figure(found.length)} ${found.length === 1 ? 'event matches' : 'events match'}`;
  }
}

/** A text that is taken over when the typing pauses. What comes from elsewhere replaces it. */
function useTyped(query: string) {
  const [typed, setTyped] = useState({ of: query, text: query });
  const text = typed.of === query ? typed.text : query;
  const commit = (next: string): void => {
    setTyped({ of: next, text: next });
    lookAt({ query: next });
  };
  const settle = useEffectEvent((next: string) => {
    if (next !== query) commit(next);
  });
  useEffect(() => {
    const timer = setTimeout(() => settle(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, commit, type: (next: string): void => setTyped({ of: query, text: next }) };
}
