import { useId, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';

import { linesOf, type LineProblem, type ListingName } from '#program/notation.ts';
import { partyOfList, partyText } from '../listing/party.ts';
import { classes } from '../shared/classes.ts';
import { CodeLines } from './CodeLines.tsx';
import { CompletionList } from './CompletionList.tsx';
import { ProblemList } from './ProblemList.tsx';
import { listingTitles, listingNotes } from './titles.ts';
import { useCompletion } from './useCompletion.ts';

interface Props {
  readonly id: string;
  readonly list: ListingName;
  readonly text: string;
  readonly problems: readonly LineProblem[];
  readonly onText: (text: string) => void;
  /** Text that is about to be pasted. True: it is dealt with elsewhere. */
  readonly onPaste: (text: string) => boolean;
  readonly onGoTo: (problem: LineProblem) => void;
}

/** Around the field and the lines drawn behind it: both inherit its font. */
const box =
  'relative rounded-sm border bg-panel font-mono text-2xs leading-5 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent max-md:text-[1rem] max-md:leading-6';

/** Edit one listing of the program as text, with a list of what may be written and problems at their lines. */
export function CodeField({ id, list, text, problems, onText, onPaste, onGoTo }: Props) {
  const prefix = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const lines = useRef<HTMLDivElement>(null);
  const completion = useCompletion(list, field);
  const { open } = completion;
  // What is being typed is not called wrong before the list has run out of offers.
  const told = open ? problems.filter(({ line }) => line !== open.line + 1) : problems;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!completion.onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const paste = (event: ClipboardEvent): void => {
    if (onPaste(event.clipboardData.getData('text/plain'))) event.preventDefault();
  };
  return (
    <div className="min-w-0">
      <FieldTitle id={id} list={list} />
      <div className={classes(box, told.length > 0 ? 'border-danger' : 'border-line')}>
        <CodeLines ref={lines} lines={linesOf(text)} problems={told} />
        <textarea
          ref={field}
          id={id}
          value={text}
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          autoComplete="off"
          aria-invalid={told.length > 0}
          aria-describedby={told.length > 0 ? `${prefix}problems` : undefined}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={open ? `${prefix}list` : undefined}
          aria-activedescendant={open?.active === undefined ? undefined : `${prefix}list-${open.active}`}
          onChange={({ target, nativeEvent }) => {
            onText(target.value);
            completion.onTyped((nativeEvent as InputEvent).inputType);
          }}
          onKeyDown={onKeyDown}
          onSelect={completion.onCaret}
          onBlur={completion.close}
          onPaste={paste}
          className="absolute inset-0 size-full resize-none overflow-hidden bg-transparent py-1 pr-2 pl-9 break-words whitespace-pre-wrap text-ink outline-none!"
        />
      </div>
      <ProblemList id={`${prefix}problems`} problems={told} onGoTo={onGoTo} />
      {open && <CompletionList id={`${prefix}list`} open={open} lines={lines} onTake={completion.take} />}
    </div>
  );
}

function FieldTitle({ id, list }: Pick<Props, 'id' | 'list'>) {
  return (
    <div className="flex items-baseline gap-2">
      <label htmlFor={id} className={classes('text-2xs font-semibold', partyText[partyOfList[list]])}>
        {listingTitles[list]}
      </label>
      <span className="truncate text-2xs text-ink-3">{listingNotes[list]}</span>
    </div>
  );
}
