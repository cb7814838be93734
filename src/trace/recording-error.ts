/** A recording that cannot be read on: where, what, and what is allowed, for the visitor. */
export class RecordingError extends Error {
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
    this.name = 'RecordingError';
  }
}
