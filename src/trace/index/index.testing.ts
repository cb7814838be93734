import type { SeenEvent } from '../seen.ts';
import { interceptsGif, requestBits } from '../replay-facts.ts';
import { readSeen } from '../read-seen.ts';
import type { Replayer } from '../replayer.ts';
import type { ByteSource } from '../source.ts';
import { type Limits, usualLimits } from './blocks.ts';
import type { RecordingIndex } from './recording-index.ts';
import { readRecording } from './read-recording.ts';

/** Counts the events of a vCPU: whoever keeps states wrongly is found out. */
export const counter: Replayer = {
  start: 0,
  step: (state) => state + 1,
  lane: (state) => (['userspace', 'kvm', 'l1', 'l2'] as const)[state % 4]!,
  isPlace: (kind, state, event) =>
    kind === 'gap'
      ? event.afterLoss
      : kind === 'efer'
        ? event.msr === 0xc0000080 && event.write
        : state % 7 === 0,
};

/** Little in memory, so that blocks come and go. */
export const small: Limits = { block: 64, loaded: 3 };

export async function indexed(source: ByteSource, limits = usualLimits): Promise<RecordingIndex> {
  const index = await readRecording(source, counter, { aborted: false }, () => undefined, limits);
  if (!index) throw new Error('nobody stopped it');
  return index;
}

/** What the plain reader says of a recording, and what the index should say then. */
export async function plainly(source: ByteSource) {
  const events: SeenEvent[] = [];
  const lost: (number | undefined)[] = [];
  let [calls, unknown, unread] = [0, 0, 0];
  for await (const batch of readSeen(source))
    for (const seen of batch) {
      if (seen.kind === 'event') events.push(seen);
      else if (seen.kind === 'lost') lost.push(seen.count);
      else if (seen.kind === 'unknown') unknown++;
      else if (seen.kind !== 'note') calls++;
      if (seen.kind === 'event' && seen.args.of === 'other' && seen.args.unread) unread++;
    }
  return { events, lost, calls, unknown, unread };
}

/** Whatever the index says otherwise than the plain reader, in words; empty where they agree. */
export async function differences(source: ByteSource, limits = usualLimits): Promise<readonly string[]> {
  const plain = await plainly(source);
  if (plain.events.length + plain.calls === 0) return [];
  const index = await indexed(source, limits);
  const { summary } = index;
  const wrong: string[] = [];
  const equal = (what: string, ours: unknown, theirs: unknown, line?: number): void => {
    if (Object.is(ours, theirs)) return;
    const where = line === undefined ? '' : `line ${line} `;
    wrong.push(`${where}${what}: ${String(ours)}, plainly ${String(theirs)}`);
  };
  equal('events', summary.events, plain.events.length);
  equal('calls', summary.calls, plain.calls);
  equal('lost', summary.lost.places, plain.lost.length);
  equal('unread', total(summary.unread), plain.unknown + plain.unread);
  equal('by name', total(summary.counts), plain.events.length);
  if (wrong.length > 0) return wrong;
  await index.walk(0, summary.events, ({ index: at, vcpu, time, event }) => {
    const seen = plain.events[at]!;
    const { args, line } = seen;
    equal('name', event.name, seen.name, line);
    equal('vcpu', vcpu, seen.vcpu, line);
    equal('time', time, seen.time, line);
    equal('reason', event.reason, 'reason' in args ? args.reason : '', line);
    equal('rip', event.rip, 'rip' in args ? args.rip : undefined, line);
    equal('msr', event.msr, args.of === 'msr' ? args.msr : undefined, line);
    const value = args.of === 'msr' ? args.value : 'info1' in args ? args.info1 : undefined;
    equal('value', event.value, value, line);
    equal('write', event.write, args.of === 'msr' && args.write, line);
    equal('#GP', event.gp, args.of === 'msr' && args.gp, line);
    equal('entering', event.entering, args.of === 'smm' && args.entering, line);
    equal('requests', event.requests, args.of === 'exit' ? asked(args.requests) : undefined, line);
    equal('GIF', event.interceptsGif, args.of === 'intercepts' && interceptsGif(args.words), line);
    equal('unread', event.unread, args.of === 'other' && args.unread, line);
  });
  return wrong;
}

/** Of requests those that the replay asks for. */
const asked = (requests: bigint | undefined): bigint | undefined =>
  requests === undefined ? undefined : requestBits.reduce((all, [bit]) => all | (requests & bit), 0n);

const total = (counted: readonly { readonly count: number }[]): number =>
  counted.reduce((sum, { count }) => sum + count, 0);
