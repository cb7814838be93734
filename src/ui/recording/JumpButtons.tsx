import { KeyButton } from '../app/KeyButton.tsx';
import { keyTable, type KeyActions } from '../app/keys.ts';
import { Button } from '../shared/Button.tsx';

interface Props {
  readonly actions: KeyActions;
}

const jumps = [
  { name: 'nested', words: 'L1 ↔ L2', what: 'change between L1 and L2' },
  { name: 'efer', words: 'EFER', what: 'write of EFER' },
  { name: 'gap', words: 'gap', what: 'place where events are missing' },
] as const;

/** Go to the next or the previous place of a kind. */
export function JumpButtons({ actions }: Props) {
  return (
    <div
      role="group"
      aria-label="Go to"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-1.5 py-1 text-2xs text-ink-3"
    >
      {jumps.map(({ name, words, what }) => (
        <span key={name} className="inline-flex items-center gap-0.5">
          <Button
            label={`Previous ${what}`}
            title={keyTable[name].title}
            onClick={() => actions.goThrough({ to: name, direction: -1 })}
          >
            ←
          </Button>
          <KeyButton name={name} actions={actions} label={`Next ${what}`} compact>
            {words} →
          </KeyButton>
        </span>
      ))}
    </div>
  );
}
