import { useState, type KeyboardEvent, type RefObject } from 'react';

import { typeInto } from '#browser/typing.ts';
import { expressionOffers } from '#explore/expression.ts';
import { moved, type OpenList } from '../editor/open-list.ts';

/** The list of what may be written at the caret, while it is open. */
export interface OwnList extends OpenList {
  /** Where the word ends that an offer takes the place of. */
  readonly to: number;
}

/** The list for a caret; undefined where it stays shut. Unasked it opens where a word is begun, or needed. */
export function ownList(text: string, caret: number, asked: boolean): OwnList | undefined {
  const { from, to, needed, offers } = expressionOffers(text, caret);
  if (offers.length === 0 || (from === caret && !needed && !asked)) return undefined;
  const listed = offers.map((offer) => ({ ...offer, unfinished: false }));
  return { from, to, needed, offers: listed, line: 0, lineStart: 0, caret, active: 0 };
}

/** Keep the list of what may be written at a field of one expression. */
export function useOwnCompletion(field: RefObject<HTMLTextAreaElement | null>) {
  const [open, setOpen] = useState<OwnList>();
  const close = (): void => setOpen(undefined);

  const look = (asked: boolean): void => {
    const element = field.current;
    if (!element || element.selectionStart !== element.selectionEnd) return close();
    setOpen(ownList(element.value, element.selectionStart, asked));
  };

  const onTyped = (inputType: string | undefined): void => {
    if (inputType === 'insertText' || inputType === 'insertCompositionText') look(false);
    else if (inputType === 'deleteContentBackward' && open) look(false);
    else close();
  };

  const take = (index: number): void => {
    const offer = open?.offers[index];
    if (field.current && open && offer) typeInto(field.current, open.from, open.to, offer.text);
  };

  /** Whether the key was the list's. */
  const onKey = (event: KeyboardEvent): boolean => {
    const { key } = event;
    if (event.nativeEvent.isComposing || event.altKey || event.metaKey) return false;
    if (event.ctrlKey) {
      if (key === ' ') look(true);
      return key === ' ';
    }
    if (!open || event.shiftKey) return false;
    if (key === 'Escape') close();
    else if (key === 'ArrowDown') setOpen({ ...open, ...moved(open, 1) });
    else if (key === 'ArrowUp') setOpen({ ...open, ...moved(open, -1) });
    else if ((key === 'Enter' || key === 'Tab') && open.active !== undefined) take(open.active);
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
