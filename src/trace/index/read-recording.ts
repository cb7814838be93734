import { LineSplitter, type Piece } from '../line-splitter.ts';
import type { ReadProgress, RecordingSummary, Stop } from '../questions.ts';
import { RecordingError } from '../recording-error.ts';
import type { Replayer } from '../replayer.ts';
import type { ByteSource } from '../source.ts';
import { Blocks, type Limits, usualLimits } from './blocks.ts';
import type { Columns } from './columns.ts';
import { newTables } from './draft.ts';
import { Indexer, type IndexerThere } from './indexer.ts';
import { RecordingIndex } from './recording-index.ts';

/** After so many lines without an event nobody waits for one. */
const maxBarren = 100_000;

/** Fills blocks as pieces of text come. */
class Reading {
  readonly tables = newTables();
  readonly indexer = new Indexer(this.tables);
  readonly blocks: Blocks;
  bytes = 0;
  private columns: Columns;
  private offset = 0;
  private there: IndexerThere;

  constructor(source: ByteSource, replayer: Replayer, limits: Limits) {
    this.blocks = new Blocks(source, this.tables, replayer, limits);
    this.columns = this.blocks.room();
    this.there = this.indexer.here();
  }

  read(piece: Piece): void {
    for (let at = piece.from; at < piece.bytes.length;) {
      at = this.indexer.read(piece, at, this.columns, this.blocks.size);
      if (this.columns.count === this.blocks.size) this.close(piece.offset + at);
    }
    this.bytes = piece.offset + piece.bytes.length;
  }

  /** Ends the block; the next begins at this byte. */
  close(next: number): void {
    if (this.columns.count === 0) return;
    this.indexer.tally.block(this.columns);
    this.blocks.push(this.columns, this.offset, this.there);
    this.columns = this.blocks.room();
    this.offset = next;
    this.there = this.indexer.here();
  }

  /** Fails where so many lines told of no event and no call. */
  mustTell(lines: number): void {
    const { indexer } = this;
    if (indexer.tally.events + indexer.tally.calls > 0 || indexer.lines < lines) return;
    const forms = 'trace, trace_pipe, trace-cmd report, perf script or function_graph';
    throw new RecordingError(1, `no event in ${indexer.lines} lines; a recording is text of ${forms}`);
  }

  summary(source: ByteSource, taken: number): RecordingSummary {
    const { indexer, tables, bytes } = this;
    return {
      name: source.name,
      fileBytes: source.size ?? taken,
      textBytes: bytes,
      lines: indexer.lines,
      vcpus: indexer.vcpus.found,
      ...indexer.tally.summary(tables),
    };
  }
}

/**
 * Reads a recording once, from the first byte to the last. Undefined where it was stopped. Throws a RecordingError for
 * what cannot be a recording, and what the source throws.
 */
export async function readRecording(
  source: ByteSource,
  replayer: Replayer,
  stop: Stop,
  onProgress: (far: ReadProgress) => void,
  limits = usualLimits,
): Promise<RecordingIndex | undefined> {
  const reading = new Reading(source, replayer, limits);
  const splitter = new LineSplitter();
  const { indexer } = reading;
  let taken = 0;
  for await (const chunk of source.open(0)) {
    if (stop.aborted) return undefined;
    for (const piece of splitter.push(chunk.bytes, indexer.lines)) reading.read(piece);
    reading.mustTell(maxBarren);
    taken = chunk.taken;
    onProgress({ bytes: taken, of: source.size, lines: indexer.lines, events: indexer.tally.events });
  }
  for (const piece of splitter.finish()) reading.read(piece);
  reading.close(reading.bytes);
  reading.mustTell(0);
  const { tables, blocks } = reading;
  return new RecordingIndex(source, { summary: reading.summary(source, taken), blocks, tables, replayer });
}
