import { useState, type KeyboardEvent, type RefObject } from 'react';

import { typeInto } from '#browser/typing.ts';
import type { ListingName } from '#program/notation.ts';
import { moved, openList, type OpenList } from './open-list.ts';

/** Keep the list of what may be written next at a field: open while an operation or an operand is typed. */
export function useCompletion(list: ListingName, field: RefObject<HTMLTextAreaElement | null>) {
  const [open, setOpen] = useState<OpenList>();
  const close = (): void => setOpen(undefined);

  const look = (asked: boolean): void => {
    const element = field.current;
    if (!element || element.selectionStart !== element.selectionEnd) return close();
    setOpen(openList(list, element.value, element.selectionStart, asked));
  };

  const onTyped = (inputType: string | undefined): void => {
    if (inputType === 'insertText' || inputType === 'insertCompositionText') look(false);
    else if (inputType === 'deleteContentBackward' && open) look(false);
    else close();
  };

  const take = (index: number): void => {
    const element = field.current;
    const offer = open?.offers[index];
    if (!element || !open || !offer) return;
    const text = offer.text + (offer.unfinished ? ' ' : '');
    typeInto(element, open.lineStart + open.from, open.caret, text);
  };

  /** Whether the key was the list's. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.nativeEvent.isComposing || event.altKey || event.metaKey) return false;
    if (event.ctrlKey) {
      if (event.key === ' ') look(true);
      return event.key === ' ';
    }
    if (!open || event.shiftKey) return false;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') setOpen(moved(open, 1));
    else if (event.key === 'ArrowUp') setOpen(moved(open, -1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && open.active !== undefined) take(open.active);
    else return false;
    return true;
  };

  /** The list belongs to the place at which it opened. */
  const onCaret = (): void => {
    const element = field.current;
    if (open && (element?.selectionStart !== open.caret || element.selectionEnd !== open.caret)) close();
  };

  return { open, close, take, onTyped, onKey, onCaret };
}
