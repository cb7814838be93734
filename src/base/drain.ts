/** The value of work that yields now and then. */
export function drain<Value>(work: Generator<unknown, Value>): Value {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
