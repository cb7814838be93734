import { useId, type ReactNode } from 'react';

import { ownInvariant } from '#explore/expression.ts';
import { Button } from '../shared/Button.tsx';
import { Prose } from '../shared/Prose.tsx';
import { ownExamples } from './own-examples.ts';
import { OwnField } from './OwnField.tsx';

interface Props {
  /** The text as it is typed; whoever shows this keeps it. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Check this text, which is an expression. */
  readonly onCheck: (text: string) => void;
  /** A check is under way: another one has to wait. */
  readonly busy?: boolean;
  /** What the last check came to. */
  readonly result?: ReactNode;
}

const help =
  '`a -> b`: where a holds, so does b. Else as in C: `! && || == != & |`. A state is compared by its name. Ctrl and Space list what may be written.';

/** Write an invariant of one's own, and have it checked. */
export function OwnInvariant({ value, onChange, onCheck, busy = false, result }: Props) {
  const id = useId();
  const read = ownInvariant(value);
  const isOff = busy || !read.ok;
  const isEmpty = value.trim() === '';
  const check = (): void => {
    if (!isOff) onCheck(value.trim());
  };
  return (
    <section aria-labelledby={`${id}title`} className="flex flex-col gap-1.5">
      <label id={`${id}title`} htmlFor={id} className="text-xs font-semibold text-ink">
        Your own invariant
      </label>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <OwnField
            id={id}
            value={value}
            problem={read.ok || isEmpty ? undefined : read.error}
            hint={`${id}help`}
            onChange={onChange}
            onEnter={check}
          />
        </div>
        <Button tone="primary" off={isOff} onClick={check} className="max-md:h-8.5">
          {busy ? 'Checking' : 'Check'}
        </Button>
      </div>
      <div role="group" aria-label="Examples" className="flex flex-wrap gap-1">
        {ownExamples.map(({ text, says }) => (
          <Button key={text} title={says} onClick={() => onChange(text)} className="font-mono text-2xs!">
            {text}
          </Button>
        ))}
      </div>
      <p id={`${id}help`} className="text-2xs text-ink-3">
        <Prose>{help}</Prose>
      </p>
      {result}
    </section>
  );
}
