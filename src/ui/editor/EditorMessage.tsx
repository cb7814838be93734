import type { ReactNode } from 'react';

import type { Program } from '#program/types.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import type { Draft } from './draft.ts';
import type { Message } from './useDraft.ts';

interface Props {
  readonly message: Message;
  readonly onLoad: (program: Program, from: string) => void;
  readonly onStartOver: () => void;
  readonly onBringBack: (before: Draft) => void;
  readonly onDismiss: () => void;
}

/** Tell what became of a file or of a pasted text, with the way back. */
export function EditorMessage({ message, onLoad, onStartOver, onBringBack, onDismiss }: Props) {
  switch (message.kind) {
    case 'refused':
      return <Strip alarming words={<>{message.text}. Nothing was replaced.</>} onDismiss={onDismiss} />;
    case 'replaced':
      return (
        <Strip words={message.text} onDismiss={onDismiss}>
          <Button onClick={() => onBringBack(message.before)}>Back to what was here</Button>
        </Strip>
      );
    case 'kept':
      return (
        <Strip words="This is your draft; it has not been applied." onDismiss={onDismiss}>
          <Button onClick={onStartOver}>Start over</Button>
        </Strip>
      );
    case 'offered':
      return (
        <Strip
          words={
            <>
              The pasted text is a program: <b className="font-semibold">{message.program.title}</b>
            </>
          }
          onDismiss={onDismiss}
        >
          <Button tone="primary" onClick={() => onLoad(message.program, 'The pasted program')}>
            Load it
          </Button>
        </Strip>
      );
  }
}

interface StripProps {
  readonly words: ReactNode;
  readonly alarming?: boolean;
  readonly children?: ReactNode;
  readonly onDismiss: () => void;
}

function Strip({ words, alarming = false, children, onDismiss }: StripProps) {
  return (
    <div
      role={alarming ? 'alert' : undefined}
      className={classes(
        'flex flex-wrap items-center gap-1 border-b border-line px-2 py-1 text-xs',
        alarming ? 'bg-danger-ground text-danger' : 'bg-part-ground text-ink',
      )}
    >
      <p className="min-w-40 flex-1 break-words">{words}</p>
      <span className="ml-auto flex gap-1">
        {children}
        <Button tone="quiet" label="Dismiss" onClick={onDismiss}>
          <svg aria-hidden="true" viewBox="0 0 8 8" className="size-2 fill-none stroke-current">
            <path d="m1 1 6 6m0-6L1 7" />
          </svg>
        </Button>
      </span>
    </div>
  );
}
