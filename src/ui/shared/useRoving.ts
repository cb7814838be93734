import { useRef, useState, type KeyboardEvent } from 'react';

/** What makes an element one of a group with a single tab stop. */
export interface RovingItem {
  readonly tabIndex: 0 | -1;
  readonly onFocus: () => void;
  readonly 'data-roving': true;
}

/**
 * Move the focus through a group of controls with the up and down keys; left and right stay free for stepping.
 * `first` is the one that Tab
 * goes to at first. Spread `group` on the element around them and `item(index)` on each.
 */
export function useRoving<Group extends Element>(count: number, first = 0) {
  const group = useRef<Group>(null);
  const [active, setActive] = useState(first);
  const current = Math.min(active, count - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || count === 0) return;
    const items = group.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [];
    const at = [...items].indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    items[(Math.max(at, 0) + by + items.length) % items.length]?.focus();
  };
  const item = (index: number): RovingItem => ({
    tabIndex: index === current ? 0 : -1,
    onFocus: () => setActive(index),
    'data-roving': true,
  });
  return { group: { ref: group, onKeyDown }, item };
}
