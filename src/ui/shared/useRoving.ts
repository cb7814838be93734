import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';

/** What makes an element one of a group with a single tab stop. */
export interface RovingItem {
  readonly tabIndex: 0 | -1;
  readonly onFocus: () => void;
  readonly 'data-roving': true;
}

/** Where a key leads from the item that has the focus; undefined: the key is none of the group's. */
export type Towards = (key: string, from: number, count: number) => number | undefined;

/** Round a list by the up and down keys; left and right stay free for stepping. */
const roundList: Towards = (key, from, count) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  return by === undefined ? undefined : (from + by + count) % count;
};

const isSideways = (key: string): boolean => key === 'ArrowLeft' || key === 'ArrowRight';

/**
 * Move the focus through a group of controls with the arrow keys. `first` is the one that Tab goes to at first. Spread
 * `group` on the element around them and `item(index)` on each.
 */
export function useRoving<Group extends Element>(count: number, first = 0, towards: Towards = roundList) {
  const group = useRef<Group>(null);
  const [active, setActive] = useState<number>();
  const current = Math.min(active ?? first, count - 1);
  /** Whoever came by mouse goes on stepping with left and right. */
  const byPointer = useRef(false);

  const onKeyDown = (event: KeyboardEvent): void => {
    const focused = document.activeElement;
    if (count === 0 || !focused || event.shiftKey) return;
    if (isSideways(event.key) && byPointer.current) return;
    const items = group.current?.querySelectorAll<HTMLElement>('[data-roving]') ?? [];
    const to = towards(event.key, Math.max([...items].indexOf(focused as HTMLElement), 0), items.length);
    if (to === undefined) return;
    event.preventDefault();
    byPointer.current = false;
    items[to]?.focus();
  };
  const onPointerDown = (): void => {
    byPointer.current = true;
  };
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) byPointer.current = false;
  };
  const item = (index: number): RovingItem => ({
    tabIndex: index === current ? 0 : -1,
    onFocus: () => setActive(index),
    'data-roving': true,
  });
  return { group: { ref: group, onKeyDown, onPointerDown, onBlur }, item };
}
