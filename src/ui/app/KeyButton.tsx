import type { ReactNode } from 'react';

import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { keyTable, shortcutsOf, type KeyActions, type KeyName } from './keys.ts';

interface Props {
  readonly name: KeyName;
  readonly actions: KeyActions;
  /** Its accessible name, where what is inside does not say it. */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly tone?: 'plain' | 'quiet';
  readonly opens?: 'dialog';
  readonly className?: string;
  /** The key is named only where the header has room. */
  readonly compact?: boolean;
  readonly children: ReactNode;
}

/** A button that does what a key does, and names the key. */
export function KeyButton({ name, actions, compact = false, children, ...look }: Props) {
  const { title, shown, run, keys } = keyTable[name];
  return (
    <Button {...look} title={title} shortcuts={shortcutsOf(name)} onClick={() => run(actions, keys[0])}>
      {children}{' '}
      <span className={compact ? 'hidden @min-[94rem]:contents' : 'contents'}>
        <Kbd>{shown}</Kbd>
      </span>
    </Button>
  );
}
