import { isGzip, unpacking } from './gzip.ts';

/** Bytes that are looked at to tell what a file is. */
const headBytes = 65_536;

/** The beginning of a file. */
export interface FileHead {
  readonly name: string;
  /** The first 64 kB as text, unpacked where the file is packed by gzip; as far as that works. */
  readonly text: string;
  readonly packed: boolean;
}

/** Look at the beginning of a file. Throws where the browser cannot read it. */
export async function headOf(file: File): Promise<FileHead> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const packed = isGzip(bytes);
  const head = packed ? await unpackedHead(bytes) : bytes;
  return { name: file.name, text: new TextDecoder().decode(head), packed };
}

/** What the first bytes of a packed file unpack to: the stream breaks off where they end. */
async function unpackedHead(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const reader = unpacking(bytes);
  const head = new Uint8Array(headBytes);
  let length = 0;
  try {
    while (length < headBytes) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- a stream comes one piece after the other.
      const { value, done } = await reader.read();
      if (done) break;
      const piece = value.subarray(0, headBytes - length);
      head.set(piece, length);
      length += piece.length;
    }
  } catch {
    // What came before the break is enough to tell what the file is.
  }
  await reader.cancel().catch(() => undefined);
  return head.subarray(0, length);
}
