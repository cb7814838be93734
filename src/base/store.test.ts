import { expect, test, vi } from 'vitest';
import { makeStore } from './store.ts';

test('a store tells those who watch it, until they no longer do', () => {
  const store = makeStore(1);
  const listener = vi.fn<() => void>();
  const end = store.subscribe(listener);
  store.set(2);
  expect(store.get()).toBe(2);
  end();
  store.set(3);
  expect(listener).toHaveBeenCalledTimes(1);
});
