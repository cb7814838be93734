/** Fail with a message where a promise of this program itself is broken. Not for bad input: that is a Result. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${message}`);
}

/** The value, which must be there by construction. */
export function present<Value>(value: Value | undefined | null, message: string): Value {
  invariant(value !== undefined && value !== null, message);
  return value;
}

/** End of an exhaustive switch: a new case that is forgotten does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
