/** Whether bytes begin as gzip packs them. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What bytes packed by gzip unpack to, piece by piece. Reading throws where they are damaged or break off. */
export const unpacking = (
  bytes: Uint8Array<ArrayBuffer>,
): ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> =>
  new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
