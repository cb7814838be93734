import { useEffect, useState } from 'react';

import { readOfTab, writeOfTab } from '#browser/storage.ts';
import { Button } from '../shared/Button.tsx';

/** A watch: seconds that it ran before, and since when it runs now, in milliseconds of the clock. */
interface Watch {
  readonly before: number;
  readonly since: number | undefined;
}

const key = 'svmscope.timer';
const stopped: Watch = { before: 0, since: undefined };

function keptWatch(): Watch {
  try {
    const kept: unknown = JSON.parse(readOfTab(key) ?? 'null');
    return isWatch(kept) ? kept : stopped;
  } catch {
    return stopped;
  }
}

function isWatch(value: unknown): value is Watch {
  if (typeof value !== 'object' || value === null || !('before' in value)) return false;
  const since = 'since' in value ? value.since : undefined;
  return typeof value.before === 'number' && (since === undefined || typeof since === 'number');
}

const secondsOf = ({ before, since }: Watch, now: number): number =>
  Math.max(0, Math.floor(before + (since === undefined ? 0 : (now - since) / 1000)));

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** How long the talk takes, and what time it is. It goes on over a reload. */
export function Timer() {
  const [watch, setWatch] = useState(keptWatch);
  const now = useNow();
  const change = (next: Watch): void => {
    setWatch(next);
    writeOfTab(key, JSON.stringify(next));
  };
  const seconds = secondsOf(watch, now);
  const runs = watch.since !== undefined;
  return (
    <div role="group" aria-label="Timer" className="flex items-center gap-2">
      <span role="timer" className="font-mono text-2xl font-semibold tabular-nums">
        {Math.floor(seconds / 60)}:{twoDigits(seconds % 60)}
      </span>
      <Button
        onClick={() =>
          change({
            before: secondsOf(watch, Date.now()),
            since: runs ? undefined : Date.now(),
          })
        }
      >
        {runs ? 'Pause' : 'Start'}
      </Button>
      <Button tone="quiet" off={seconds === 0 && !runs} onClick={() => change(stopped)}>
        Reset
      </Button>
      <span className="ml-auto text-xs text-ink-2">
        {new Date(now).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
      </span>
    </div>
  );
}

/** The time, by the second. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
