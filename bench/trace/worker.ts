import { fileSource } from '../../src/browser/recording-source.ts';
import { eventReplayer } from '../../src/trace/event-replayer.ts';
import { readRecording } from '../../src/trace/index/read-recording.ts';

/** In a worker of Chromium: a file read in one of three ways, and what it took. */

export interface Asked {
  readonly file: File;
  readonly way: 'reading alone' | 'a regular expression a line' | 'ours';
}

export interface Answer {
  readonly ms: number;
  /** Events of kvm_exit; undefined where nobody looked. */
  readonly exits: number | undefined;
}

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** As the page reads a file, its replay included. */
async function ours(file: File): Promise<number | undefined> {
  const index = await readRecording(
    await fileSource(file),
    eventReplayer,
    { aborted: false },
    () => undefined,
  );
  return index?.summary.counts.find(({ name }) => name === 'kvm_exit')?.count;
}

function count(counts: Map<string, number>, what = ''): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** As one would write it in a hurry: who, when, what, why and where of each line, counted; nothing is kept. */
async function byExpression(file: File): Promise<number | undefined> {
  const form =
    /^ *(?<task>.+)-(?<pid>\d+) +\[(?<cpu>\d+)\] \S+ +(?<time>[\d.]+): (?<name>\w+):(?: vcpu (?<vcpu>\d+),?)?(?: reason:? (?<reason>\w+))?(?: rip:? 0x(?<rip>[0-9a-f]+))?/;
  const decoder = new TextDecoder();
  const names = new Map<string, number>();
  const reasons = new Map<string, number>();
  let rest = '';
  for await (const bytes of chunksOf(file)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const told = form.exec(line)?.groups;
      if (!told) continue;
      count(names, told['name']);
      if (told['name'] === 'kvm_exit') count(reasons, told['reason']);
    }
  }
  return names.get('kvm_exit');
}

async function readingAlone(file: File): Promise<undefined> {
  for await (const _ of chunksOf(file));
}

const ways = {
  'reading alone': readingAlone,
  'a regular expression a line': byExpression,
  ours,
};

async function answer({ file, way }: Asked): Promise<Answer> {
  const begun = performance.now();
  const exits = await ways[way](file);
  return { ms: performance.now() - begun, exits };
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void answer(data).then(postMessage);
});
