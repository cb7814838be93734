import { expect, test } from 'vitest';
import { readSeen } from '../read-seen.ts';
import { textSource } from '../source.testing.ts';
import { Episodes } from './aligner.ts';
import type { Episode } from './episode.ts';

/** Lines as ftrace prints them, one microsecond after the other. */
async function episodesOf(...events: readonly string[]): Promise<readonly Episode[]> {
  const text = events
    .map((event, at) =>
      event.startsWith('kvm') ? `  vcpu-100   [000] d..1.   1.${100_000 + at}: ${event}` : event,
    )
    .join('\n');
  const found: Episode[] = [];
  const episodes = new Episodes(
    () => true,
    (one) => found.push(one),
  );
  for await (const batch of readSeen(textSource(`${text}\n`))) for (const seen of batch) episodes.push(seen);
  episodes.end();
  return found;
}

const entry = 'kvm_entry: vcpu 0, rip 0x1002 intr_info 0x0 error_code 0x0';
const exit = (reason: string): string =>
  `kvm_exit: vcpu 0 reason ${reason} rip 0x1000 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000`;
const back = 'kvm_userspace_exit: reason KVM_EXIT_IO (2)';

test('an exit goes to the next entry', async () => {
  const cut = await episodesOf(exit('cpuid'), entry, exit('hlt'), entry);
  expect(cut.map(({ kind, end, from, to, exit: made }) => [kind, end, from, to, made?.reason])).toEqual([
    ['exit', 'entry', 0, 2, 'cpuid'],
    ['exit', 'entry', 2, 4, 'hlt'],
  ]);
});

test('an exit that goes to userspace ends there, and KVM_RUN begins anew', async () => {
  const cut = await episodesOf(exit('io'), back, entry, exit('cpuid'), entry);
  expect(cut.map(({ kind, end }) => [kind, end])).toEqual([
    ['exit', 'userspace'],
    ['run', 'entry'],
    ['exit', 'entry'],
  ]);
});

test('what the recording ends in is open', async () => {
  const cut = await episodesOf(exit('cpuid'), entry, exit('msr'));
  expect(cut.map(({ end, count }) => [end, count])).toEqual([
    ['entry', 2],
    ['open', 1],
  ]);
});

test('lost events end an episode: what follows begins anew', async () => {
  const cut = await episodesOf(exit('cpuid'), entry, exit('msr'), 'CPU:0 [LOST 12 EVENTS]', entry);
  expect(cut.map(({ kind, end }) => [kind, end])[1]).toEqual(['exit', 'open']);
});
