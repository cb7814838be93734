import { useEffect, useEffectEvent, useRef, useState } from 'react';

import type { ReadProgress, Stop } from '#trace/questions.ts';

/** What a question about a recording came to, as far as it is. */
export interface Answer<Value> {
  readonly state: 'idle' | 'asking' | 'stopped' | 'done' | 'failed';
  readonly progress: ReadProgress | undefined;
  readonly value: Value | undefined;
  readonly failure: string | undefined;
  readonly stop: () => void;
  /** Ask again, or for the first time. */
  readonly start: () => void;
}

type Known<Value> = Omit<Answer<Value>, 'stop' | 'start'>;

const idle = { state: 'idle', progress: undefined, value: undefined, failure: undefined } as const;

/** What is asked; `key` says when it is another question. */
export interface Question<Value> {
  readonly key: string;
  readonly ask: (stop: Stop, onProgress: (far: ReadProgress) => void) => Promise<Value>;
  /** Wait until it is started. */
  readonly waits?: boolean;
  /** The answer, where it was had before: nothing is asked then. */
  readonly known?: Value | undefined;
}

/**
 * Ask as long as the component is there; another question takes its place at once. One is asked at a time: what cannot
 * be stopped is waited for, and of the questions that came meanwhile the last is asked.
 */
export function useAsked<Value>({ key, ask, waits = false, known: had }: Question<Value>): Answer<Value> {
  const [turn, setTurn] = useState(0);
  const [known, setKnown] = useState<Known<Value> & { readonly of: string }>();
  const control = useRef<AbortController>(undefined);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const of = `${turn} ${key}`;
  const waiting = had !== undefined || (waits && turn === 0);

  const begin = useEffectEvent(async (asked: string, signal: AbortSignal) => {
    const tell = (update: Partial<Known<Value>>): void => {
      if (signal.aborted) return;
      setKnown((before) => ({ ...idle, ...(before?.of === asked ? before : {}), ...update, of: asked }));
    };
    await last.current.catch(() => undefined);
    if (signal.aborted) return;
    const answer = ask(signal, (progress) => tell({ progress }));
    last.current = answer;
    answer.then(
      (value) => tell({ state: 'done', value }),
      (error: unknown) =>
        tell({ state: 'failed', failure: error instanceof Error ? error.message : String(error) }),
    );
  });
  useEffect(() => {
    if (waiting) return undefined;
    const controller = new AbortController();
    control.current = controller;
    void begin(of, controller.signal);
    return () => controller.abort();
  }, [of, waiting]);

  if (had !== undefined)
    return { ...idle, state: 'done', value: had, stop: () => undefined, start: () => undefined };
  const now = known?.of === of ? known : { ...idle, ...(waiting ? {} : { state: 'asking' as const }) };
  return {
    ...now,
    stop: () => {
      control.current?.abort();
      setKnown({ ...idle, state: 'stopped', of });
    },
    start: () => setTurn(turn + 1),
  };
}

/** The value, or the one before it while there is none. */
export function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
