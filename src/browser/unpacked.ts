import { inMegabytes } from '#base/figures.ts';
import { fail, ok, type Result } from '#base/result.ts';
import { isGzip, unpacking } from './gzip.ts';

/** The bytes of a file of at most that many, unpacked where gzip packed it; or in a few words why there are none. */
export async function unpackedBytes(file: File, mostBytes: number): Promise<Result<Uint8Array, string>> {
  if (file.size > mostBytes) return fail(`${inMegabytes(file.size)}, at most ${inMegabytes(mostBytes)}`);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return fail('cannot be read');
  }
  return isGzip(bytes) ? unpack(bytes, mostBytes) : ok(bytes);
}

/** Unpack piece by piece: what unpacks to too much is left before it fills the memory. */
async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  mostBytes: number,
): Promise<Result<Uint8Array, string>> {
  const reader = unpacking(bytes);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- a stream comes one piece after the other.
      const { value, done } = await reader.read();
      if (done) break;
      pieces.push(value);
      length += value.length;
      if (length <= mostBytes) continue;
      // oxlint-disable-next-line eslint/no-await-in-loop -- the last turn.
      await reader.cancel();
      return fail(`unpacks to more than ${inMegabytes(mostBytes)}`);
    }
  } catch {
    return fail('packed by gzip, and cut off or damaged');
  }
  return ok(new Uint8Array(await new Blob(pieces).arrayBuffer()));
}
