/** Longest stretch of work between two chances for the page to paint, in milliseconds. */
const slice = 8;

/** Call back when the browser has nothing better to do; soon, where it cannot say. */
function whenIdle(then: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(then, { timeout: 200 });
  else setTimeout(then, 20);
}

/** Wait until the browser has nothing better to do. */
export function idle(): Promise<void> {
  return new Promise((resolve) => whenIdle(resolve));
}

/**
 * Do a piece of work once the page has nothing better to do, in slices that let it paint and answer. Resolve to what
 * it returns, or to undefined once the signal stops it. `onSlice` is given what each slice yielded.
 */
export function workInSlices<Part, Value>(
  work: Generator<Part, Value>,
  signal: AbortSignal,
  onSlice?: (parts: readonly Part[]) => void,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const turn = (): void => {
      if (signal.aborted) {
        resolve(undefined);
        return;
      }
      try {
        const until = performance.now() + slice;
        const parts: Part[] = [];
        let next = work.next();
        for (; !next.done; next = work.next()) {
          parts.push(next.value);
          if (performance.now() >= until) break;
        }
        if (parts.length > 0) onSlice?.(parts);
        if (next.done) resolve(next.value);
        else setTimeout(turn);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    whenIdle(turn);
  });
}
