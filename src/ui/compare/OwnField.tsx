import { useId, useRef, type KeyboardEvent } from 'react';

import type { ExpressionProblem } from '#explore/expression.ts';
import { CompletionList } from '../editor/CompletionList.tsx';
import { classes } from '../shared/classes.ts';
import { useOwnCompletion } from './own-completion.ts';
import { asTyped, ProblemLine, UnderlinedField } from './OwnProblem.tsx';

interface Props {
  readonly id: string;
  readonly value: string;
  readonly problem: ExpressionProblem | undefined;
  readonly hint: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** Around the field and the line drawn behind it: both inherit its font. */
const box =
  'relative rounded-sm border bg-panel font-mono text-xs leading-5 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent max-md:text-[1rem] max-md:leading-6';

const inside = `${asTyped} absolute inset-0 size-full resize-none overflow-hidden bg-transparent text-ink outline-none! placeholder:text-ink-3`;

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, ' ');

/** Edit one expression, a line that wraps, with a list of what may be written and the problem at its place. */
export function OwnField({ id, value, problem, hint, onChange, onEnter }: Props) {
  const prefix = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const completion = useOwnCompletion(field);
  const { open } = completion;
  // What is being typed is not called wrong before the list has run out of offers.
  const told = open ? undefined : problem;

  const onKeyDown = (event: KeyboardEvent): void => {
    const isEnter = event.key === 'Enter' && !event.nativeEvent.isComposing;
    const isOfList = completion.onKey(event);
    if (!isOfList && !isEnter) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isOfList) onEnter();
  };
  const goTo = ({ at, length }: ExpressionProblem): void => {
    field.current?.focus();
    field.current?.setSelectionRange(at, at + length);
  };
  return (
    <>
      <div className={classes(box, told ? 'border-danger' : 'border-line-strong')}>
        <UnderlinedField ref={line} text={value} problem={told} />
        <textarea
          ref={field}
          id={id}
          rows={1}
          value={value}
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          autoComplete="off"
          placeholder="is_guest_mode(vcpu) -> svme == set"
          aria-invalid={told !== undefined}
          aria-describedby={classes(told && `${prefix}problem`, hint)}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={open ? `${prefix}list` : undefined}
          aria-activedescendant={open?.active === undefined ? undefined : `${prefix}list-${open.active}`}
          onChange={({ target, nativeEvent }) => {
            onChange(oneLine(target.value));
            completion.onTyped((nativeEvent as InputEvent).inputType);
          }}
          onKeyDown={onKeyDown}
          onSelect={completion.onCaret}
          onBlur={completion.close}
          className={inside}
        />
      </div>
      {told && <ProblemLine id={`${prefix}problem`} problem={told} onGoTo={goTo} />}
      {open && <CompletionList id={`${prefix}list`} open={open} lines={line} onTake={completion.take} />}
    </>
  );
}
