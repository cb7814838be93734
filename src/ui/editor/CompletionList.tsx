import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import { classes } from '../shared/classes.ts';
import { caretRect } from './caret-rect.ts';
import type { OpenList } from './open-list.ts';

interface Props {
  readonly id: string;
  readonly open: OpenList;
  /** The lines of the field, as they are drawn behind it. */
  readonly lines: RefObject<HTMLElement | null>;
  readonly onTake: (index: number) => void;
}

/** List what may be written at the caret, with what it means. The field keeps the focus. */
export function CompletionList({ id, open, lines, onTake }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const place = usePlace(open, lines);
  useEffect(() => {
    if (open.active === undefined) box.current?.scrollTo({ top: 0 });
    else box.current?.children[open.active]?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <div
      ref={box}
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label="What may be written here"
      onMouseDown={(event) => event.preventDefault()}
      className="fixed z-50 grid max-h-56 max-w-[min(24rem,calc(100vw-0.5rem))] min-w-44 grid-cols-[auto_minmax(0,1fr)] gap-x-3 overflow-y-auto rounded-sm border border-line-strong bg-panel py-0.5 shadow-md"
      style={{ ...place, visibility: place ? 'visible' : 'hidden' }}
    >
      {open.offers.map(({ text, about }, index) => (
        <button
          key={text}
          type="button"
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === open.active}
          onClick={() => onTake(index)}
          className={classes(
            'col-span-2 grid cursor-pointer grid-cols-subgrid items-baseline px-2 py-0.5 text-left text-2xs max-md:py-1.5',
            index === open.active ? 'bg-accent-ground text-accent' : 'hover:bg-raised',
          )}
        >
          <code className="font-mono whitespace-nowrap">{text}</code>
          <span className={classes('truncate', index === open.active ? 'text-ink-2' : 'text-ink-3')}>
            {about}
          </span>
        </button>
      ))}
    </div>
  );
}

const margin = 4;
/** As much as the list can need: 24rem and 14rem at most. */
const widest = 384;
const tallest = 224;

interface Place {
  readonly left: number;
  readonly top?: number;
  readonly bottom?: number;
}

/** Where the list stands: below the word, or above it where the window ends. It follows what scrolls. */
function usePlace({ line, from }: OpenList, lines: RefObject<HTMLElement | null>): Place | undefined {
  const [place, setPlace] = useState<Place>();
  useLayoutEffect(() => {
    const put = (): void => {
      const at = caretRect(lines.current, line, from);
      if (!at) return;
      const left = Math.max(margin, Math.min(at.left, innerWidth - widest - margin));
      const fits = at.bottom + tallest + margin <= innerHeight || at.top < tallest;
      setPlace(fits ? { left, top: at.bottom + 2 } : { left, bottom: innerHeight - at.top + 2 });
    };
    put();
    addEventListener('scroll', put, true);
    addEventListener('resize', put);
    return () => {
      removeEventListener('scroll', put, true);
      removeEventListener('resize', put);
    };
  }, [lines, line, from]);
  return place;
}
