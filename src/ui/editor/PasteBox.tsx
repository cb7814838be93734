import { useId, useState, type KeyboardEvent } from 'react';

import type { Program } from '#program/types.ts';
import { Button } from '../shared/Button.tsx';
import { loadText } from './loading.ts';

interface Props {
  readonly onLoad: (program: Program, from: string) => void;
  readonly onClose: () => void;
}

/** Take a program as JSON. It is loaded as soon as it is whole; what is wrong with it is said below. */
export function PasteBox({ onLoad, onClose }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const problem = problemOf(text);
  const take = (typed: string): void => {
    setText(typed);
    const loaded = loadText(typed, 'The pasted text');
    if (loaded.ok) onLoad(loaded.value.program, 'The pasted program');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    // Further up it would close the editor.
    event.stopPropagation();
    onClose();
  };
  return (
    <div className="border-b border-line bg-raised px-2 py-1.5">
      <div className="flex items-center justify-between">
        <label htmlFor={id} className="text-2xs font-semibold text-ink-2">
          Paste a program as JSON here
        </label>
        <Button tone="quiet" onClick={onClose} className="h-6!">
          Close
        </Button>
      </div>
      <textarea
        id={id}
        // The visitor has just asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        rows={5}
        value={text}
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}problem`}
        placeholder='{ "format": "svmscope/program@1", … }'
        onChange={({ target }) => take(target.value)}
        onKeyDown={onKeyDown}
        className="block w-full resize-y rounded-sm border border-line bg-panel px-2 py-1 font-mono text-2xs text-ink placeholder:text-ink-3 max-md:text-[1rem]"
      />
      {problem !== undefined && (
        <p id={`${id}problem`} className="pt-0.5 text-2xs break-words text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

function problemOf(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const loaded = loadText(text, 'The pasted text');
  return loaded.ok ? undefined : loaded.error;
}
