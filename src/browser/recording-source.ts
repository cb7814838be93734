import type { ByteSource, Chunk } from '#trace/source.ts';

/** Packed bytes that are unpacked at once, to a thousand times as many: an error is located no closer than this. */
const packedBytes = 16_384;

async function isGzip(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await unlessUnreadable(file.slice(0, 2).arrayBuffer(), 0));
  return first === 0x1f && second === 0x8b;
}

/** A file of the visitor's as bytes of a recording. Throws where the browser cannot read it, with a message for the visitor. */
export async function fileSource(file: File): Promise<ByteSource> {
  const packed = await isGzip(file);
  return {
    name: file.name,
    size: file.size,
    packed,
    open: (from) => (packed ? skipped(unpacked(file), from) : pieces(file, from)),
  };
}

/** The browser cannot read the file, or not any more. */
class UnreadableError extends Error {
  constructor(from: number) {
    super(`byte ${from}: cannot be read: the file was moved or changed since it was opened`);
  }
}

function unlessUnreadable<Read>(read: Promise<Read>, from: number): Promise<Read> {
  return read.catch(() => {
    throw new UnreadableError(from);
  });
}

interface Piece extends Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The file from a byte on, piece by piece, as a stream: what comes next is on its way while one is worked on. */
async function* pieces(file: File, from: number): AsyncGenerator<Piece> {
  const reader = file.slice(from).stream().getReader();
  let at = from;
  try {
    for (;;) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- one piece after the other: memory stays bounded.
      const { value, done } = await unlessUnreadable(reader.read(), at);
      if (done) break;
      at += value.length;
      yield { bytes: value, taken: at };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (at < file.size) throw new UnreadableError(at);
}

/** How far a packed file was handed to what unpacks it. */
interface Feed {
  /** Bytes of the file. */
  taken: number;
  /** All of it was handed over. */
  whole: boolean;
  /** The file could not be read further. */
  problem: unknown;
}

/** Hand a packed file over, piece by piece, as fast as it is unpacked. */
async function feedFrom(
  file: File,
  feed: Feed,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  try {
    for await (const { bytes, taken } of pieces(file, 0)) {
      for (let at = 0; at < bytes.length; at += packedBytes) {
        feed.taken = Math.min(taken - bytes.length + at + packedBytes, taken);
        // oxlint-disable-next-line eslint/no-await-in-loop -- what is unpacked is read before more is.
        await writer.write(bytes.subarray(at, at + packedBytes));
      }
    }
    feed.whole = true;
    await writer.close();
  } catch (error) {
    feed.problem = error;
    await writer.abort(error);
  }
}

/** What a packed file unpacks to. */
async function* unpacked(file: File): AsyncGenerator<Chunk> {
  const feed: Feed = { taken: 0, whole: false, problem: undefined };
  const { readable, writable } = new DecompressionStream('gzip');
  // What goes wrong with it comes out of the reader, too.
  void feedFrom(file, feed, writable.getWriter()).catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (;;) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- a stream comes one piece after the other.
      const { value, done } = await reader.read().catch(() => {
        throw problemOf(feed, file.size);
      });
      if (done) return;
      yield { bytes: value, taken: feed.taken };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Why a packed file cannot be unpacked. The browser does not say where: the piece that it was given last is known. */
function problemOf({ taken, whole, problem }: Feed, size: number): Error {
  if (problem instanceof UnreadableError) return problem;
  return new Error(
    whole
      ? `the gzip data ends too early: at byte ${size}, the end of the file`
      : `the gzip data is broken, or is followed by something else, at or before byte ${taken} of ${size}`,
  );
}

/** Leave out the first bytes. */
async function* skipped(chunks: AsyncIterable<Chunk>, from: number): AsyncGenerator<Chunk> {
  let left = from;
  for await (const { bytes, taken } of chunks) {
    const here = Math.min(left, bytes.length);
    left -= here;
    if (here < bytes.length) yield { bytes: bytes.subarray(here), taken };
  }
}
