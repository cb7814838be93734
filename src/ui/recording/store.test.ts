import { beforeEach, expect, test } from 'vitest';

import type { RecordingSummary } from '#trace/questions.ts';
import { importRecording } from './importing.ts';
import { changeRecordings, closeRecording, lookAt, recordingStore } from './store.ts';

type Open = NonNullable<Parameters<typeof importRecording>[1]>;
type Client = Awaited<ReturnType<Open>>;

const closed: string[] = [];
const client = (name: string): Client =>
  ({
    summary: { name, events: 10 } as RecordingSummary,
    close: () => closed.push(name),
  }) as unknown as Client;
const works: Open = ({ name }) => Promise.resolve(client(name));
const file = (name: string): File => new File(['x'], name);
const now = recordingStore.get;

/** An import that goes on until it is told how it ends. */
function held() {
  let end: { resolve: (client: Client) => void; reject: (error: Error) => void } | undefined;
  let far: Parameters<Open>[2] | undefined;
  const open: Open = (_, signal, onProgress) => {
    far = onProgress;
    return new Promise((resolve, reject) => {
      end = { resolve, reject };
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    });
  };
  return { open, end: () => end!, far: (bytes: number) => far?.({ bytes, of: 100, lines: 1, events: 1 }) };
}

beforeEach(() => {
  changeRecordings({ importing: undefined, open: undefined, shown: false, failed: undefined });
  closed.length = 0;
});

test('a recording that was read is open and shown', async () => {
  await importRecording(file('a'), works);
  expect(now()).toMatchObject({ shown: true, importing: undefined, failed: undefined });
  expect(now().open?.summary.name).toBe('a');
});

test('the page hears how far it is', async () => {
  const job = held();
  const done = importRecording(file('a'), job.open);
  expect(now().importing).toMatchObject({ name: 'a', progress: { bytes: 0, of: 1 } });
  job.far(50);
  expect(now().importing).toMatchObject({ progress: { bytes: 50, of: 100 } });
  job.end().resolve(client('a'));
  await done;
  expect(now().importing).toBeUndefined();
});

test('one that cannot be read says so and leaves the open one as it is', async () => {
  await importRecording(file('a'), works);
  await importRecording(file('b'), () => Promise.reject(new Error('line 3: longer than it may be')));
  expect(now().failed).toBe('b: line 3: longer than it may be. Nothing was replaced.');
  expect(now().open?.summary.name).toBe('a');
  expect(closed).toEqual([]);
});

test('another one replaces the open one, which is closed', async () => {
  await importRecording(file('a'), works);
  await importRecording(file('b'), works);
  expect(now().open?.summary.name).toBe('b');
  expect(closed).toEqual(['a']);
});

test('a stopped import leaves everything as it was', async () => {
  await importRecording(file('a'), works);
  const job = held();
  const done = importRecording(file('b'), job.open);
  now().importing?.stop();
  await done;
  job.far(70);
  expect(now()).toMatchObject({ importing: undefined, failed: undefined });
  expect(now().open?.summary.name).toBe('a');
});

test('an import takes the place of one that is under way', async () => {
  const job = held();
  const first = importRecording(file('a'), job.open);
  await importRecording(file('b'), works);
  await first;
  expect(now().open?.summary.name).toBe('b');
});

test('the cursor stays within the recording', async () => {
  await importRecording(file('a'), works);
  lookAt({ cursor: 99 });
  expect(now().open?.look.cursor).toBe(9);
  lookAt({ cursor: -1 });
  expect(now().open?.look.cursor).toBe(0);
});

test('what is closed is forgotten by who read it', async () => {
  await importRecording(file('a'), works);
  closeRecording();
  expect(now()).toMatchObject({ open: undefined, shown: false });
  expect(closed).toEqual(['a']);
});
