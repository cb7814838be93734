import { Fingerprint } from './align/fingerprint.ts';
import type { Finding, Findings, ReadProgress, Stop } from './questions.ts';
import { readSeen } from './read-seen.ts';
import type { ByteSource } from './source.ts';

/** Findings that are listed; all are counted. */
const findingLimit = 1000;

/** What is recognised in the events of a recording, without any model of a kernel. */
export async function findingsIn(
  source: ByteSource,
  stop: Stop,
  onProgress: (far: ReadProgress) => void,
): Promise<Findings> {
  const list: Finding[] = [];
  let [count, events] = [0, 0];
  const fingerprint = new Fingerprint((finding) => {
    count += 1;
    if (count <= findingLimit) list.push(finding);
  });
  for await (const batch of readSeen(source, stop, onProgress)) {
    for (const seen of batch) {
      if (seen.kind === 'lost') fingerprint.lost();
      if (seen.kind !== 'event') continue;
      fingerprint.push(seen, events);
      events += 1;
    }
  }
  return { list, count };
}
