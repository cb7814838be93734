/** Bytes of a recording, as somebody hands them in: a file of the visitor's, or standard input. */
export interface ByteSource {
  readonly name: string;
  /** Bytes of the file as it lies there; undefined where that is not known. */
  readonly size: number | undefined;
  /** It was packed: to start in its middle costs as much as to read up to there. */
  readonly packed: boolean;
  /** The text from a byte on, unpacked. Throws where it cannot be read or unpacked, with a message for the visitor. */
  open(from: number): AsyncIterable<Chunk>;
}

export interface Chunk {
  readonly bytes: Uint8Array;
  /** Bytes of the file read so far, packed ones where it is packed. */
  readonly taken: number;
}
