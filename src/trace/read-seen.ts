import { decodeUtf8 } from '#base/utf8.ts';
import { lineEnd, LineSplitter, type Piece } from './line-splitter.ts';
import type { ReadProgress, Stop } from './questions.ts';
import type { Seen } from './seen.ts';
import { SeenReader } from './seen-reader.ts';
import type { ByteSource } from './source.ts';

const carriageReturn = 0x0d;

/** Where the text of a line ends: before the carriage return, if it has one. */
export const textEnd = (bytes: Uint8Array, from: number, to: number): number =>
  to > from && bytes[to - 1] === carriageReturn ? to - 1 : to;

/** The text of a line without its end. */
export const lineText = (bytes: Uint8Array, from: number, to: number): string =>
  decodeUtf8(bytes, from, textEnd(bytes, from, to));

function* seenIn(reader: SeenReader, { bytes, from, offset }: Piece): Generator<Seen> {
  for (let at = from; at < bytes.length;) {
    const to = lineEnd(bytes, at, reader.lines + 1);
    const seen = reader.read(lineText(bytes, at, to), offset + at);
    if (seen) yield seen;
    at = to + 1;
  }
}

/**
 * Everything that a recording says, line after line, a batch for each chunk. Ends early where it is stopped. Throws a
 * RecordingError for what cannot be a recording, and what the source throws.
 */
export async function* readSeen(
  source: ByteSource,
  stop?: Stop,
  onProgress?: (far: ReadProgress) => void,
): AsyncGenerator<readonly Seen[]> {
  const reader = new SeenReader();
  const splitter = new LineSplitter();
  for await (const { bytes, taken } of source.open(0)) {
    if (stop?.aborted) return;
    const pieces = splitter.push(bytes, reader.lines);
    yield pieces.flatMap((piece) => [...seenIn(reader, piece)]);
    onProgress?.({ bytes: taken, of: source.size, lines: reader.lines, events: reader.events });
  }
  yield splitter.finish().flatMap((piece) => [...seenIn(reader, piece)]);
}
