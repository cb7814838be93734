import { expect, test } from 'vitest';

import type { ReadProgress, RecordingQuestions, RecordingSummary } from '#trace/questions.ts';
import { RecordingDesk, type DeskOptions } from './recording-desk.ts';
import { RecordingReader, type ReaderPort } from './recording-client.ts';
import type { FromReader, ToReader } from './recording-messages.ts';

const summary = { name: 'a.txt', events: 3 } as RecordingSummary;
const far = (bytes: number): ReadProgress => ({ bytes, of: 100, lines: 1, events: 1 });
const file = new File(['x'], 'a.txt');
const never = new AbortController().signal;
const ignore = (): void => undefined;
const aBit = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 5));

/** A page and a worker that speak with each other as they would through a port. */
function pair(questions: Partial<RecordingQuestions> = {}, options: Partial<DeskOptions> = {}) {
  const toPage = new EventTarget();
  const sent: ToReader[] = [];
  const broken: string[] = [];
  let ended = false;
  const desk = new RecordingDesk({
    tell: (message: FromReader) => {
      const event = Object.assign(new Event('message'), { data: structuredClone(message) });
      queueMicrotask(() => toPage.dispatchEvent(event));
    },
    sourceOf: ({ name }) =>
      Promise.resolve({ name, size: 1, packed: false, open: () => new ReadableStream() }),
    read: () => Promise.resolve({ summary, ...questions }),
    now: () => performance.now(),
    ...options,
  });
  const port = {
    postMessage: (message: ToReader) => {
      sent.push(message);
      queueMicrotask(() => desk.hear(message));
    },
    terminate: () => (ended = true),
    addEventListener: (type: string, listener: EventListener) => toPage.addEventListener(type, listener),
  } as unknown as ReaderPort;
  const reader = new RecordingReader(port, (message) => broken.push(message));
  const fall = (message: string): void =>
    void toPage.dispatchEvent(Object.assign(new Event('error'), { message }));
  return { reader, sent, broken, fall, hasEnded: () => ended };
}

test('a question reaches the recording with its arguments, and the answer comes back', async () => {
  const asked: unknown[][] = [];
  const { reader } = pair({
    find: (...args) => {
      asked.push(args);
      return Promise.resolve(41);
    },
  });
  const client = await reader.open(file, never, ignore);
  expect(client.summary).toEqual(summary);
  expect(await client.find({ rip: 0x10n }, 7, -1, never)).toBe(41);
  expect(asked[0]?.slice(0, 3)).toEqual([{ rip: 0x10n }, 7, -1]);
  expect(asked[0]?.[3]).toMatchObject({ aborted: false });
});

test('who asks with no signal waits for the answer', async () => {
  const { reader } = pair({ count: () => Promise.resolve(3) });
  const client = await reader.open(file, never, ignore);
  expect(await client.count({}, { aborted: false })).toBe(3);
});

test('what fails comes back as an error, and the rest goes on', async () => {
  const { reader } = pair({
    rows: () => Promise.reject(new Error('byte 5: cannot be read')),
    count: () => Promise.resolve(3),
  });
  const client = await reader.open(file, never, ignore);
  await expect(client.rows(0, 1)).rejects.toThrow('byte 5: cannot be read');
  expect(await client.count({}, never)).toBe(3);
});

test('a recording that cannot be read says why', async () => {
  const { reader } = pair({}, { read: () => Promise.reject(new Error('no event in it')) });
  await expect(reader.open(file, never, ignore)).rejects.toThrow('no event in it');
});

test('progress comes at most every 100 ms', async () => {
  let now = 0;
  const { reader } = pair(
    {},
    {
      now: () => now,
      read: (_, __, onProgress) => {
        for (; now <= 350; now += 10) onProgress(far(now));
        return Promise.resolve({ summary });
      },
    },
  );
  const seen: number[] = [];
  await reader.open(file, never, ({ bytes }) => seen.push(bytes));
  expect(seen).toEqual([0, 100, 200, 300]);
});

test('who stops it is no longer answered, and the worker hears of it', async () => {
  const stopped: boolean[] = [];
  const { reader } = pair(
    {},
    {
      read: async (_, stop) => {
        while (!stop.aborted) {
          // oxlint-disable-next-line eslint/no-await-in-loop -- it reads until it is stopped.
          await aBit();
        }
        stopped.push(stop.aborted);
        throw new Error('nobody hears this');
      },
    },
  );
  const control = new AbortController();
  const opening = reader.open(file, control.signal, ignore);
  setTimeout(() => control.abort());
  await expect(opening).rejects.toThrow('stopped');
  await aBit();
  await aBit();
  expect(stopped).toEqual([true]);
});

test('what was stopped before it was asked is not answered', async () => {
  const { reader } = pair({ count: () => Promise.resolve(3) });
  const client = await reader.open(file, never, ignore);
  await expect(client.count({}, AbortSignal.abort())).rejects.toThrow('stopped');
});

test('a closed recording cannot be asked, another one can', async () => {
  const { reader } = pair({ count: () => Promise.resolve(3) });
  const first = await reader.open(file, never, ignore);
  const second = await reader.open(file, never, ignore);
  first.close();
  await expect(first.count({}, never)).rejects.toThrow('the recording has been closed');
  expect(await second.count({}, never)).toBe(3);
});

test('when the worker breaks, all that waits fails, and whoever keeps it is told', async () => {
  const { reader, fall, broken, hasEnded } = pair({ count: () => new Promise(ignore) });
  const client = await reader.open(file, never, ignore);
  const counting = client.count({}, never);
  fall('out of memory');
  await expect(counting).rejects.toThrow('out of memory');
  expect(broken).toEqual(['out of memory']);
  expect(hasEnded()).toBe(true);
});
