import { kernel } from '#kvm/kernels.ts';
import { storyWords } from '#explore/story-words.ts';
import type { Witness } from '#explore/witness.ts';
import type { Actor } from '#program/types.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';

interface Props {
  readonly witness: Witness;
  /** The kernel on which the operations are told. */
  readonly on: string;
  readonly onOpen: () => void;
}

const tones: Readonly<Record<Actor, string>> = {
  L1: 'border-l1 text-l1',
  L2: 'border-l2 text-l2',
  SMM: 'border-smm text-smm',
  userspace: 'border-userspace text-userspace',
};

/** Show a witness: what it starts from, its operations one after the other, and a way into it. */
export function Story({ witness, on, onOpen }: Props) {
  const built = kernel(on);
  if (!built.ok) return null;
  const { start, steps } = storyWords(witness, built.value);
  return (
    <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-2xs">
      <span className="text-ink-3">{start}:</span>
      <ol className="contents">
        {steps.map(({ actor, label }, index) => (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- the place is what a step is.
            key={index}
            className="flex items-center gap-1 rounded-xs border border-line bg-raised px-1 font-mono whitespace-nowrap text-ink"
          >
            <span className={classes('border-b', tones[actor])}>{actor}</span>
            {label}
          </li>
        ))}
      </ol>
      <Button tone="primary" onClick={onOpen} label={`Open at step ${witness.step + 1}: ${title(steps)}`}>
        Open at step {witness.step + 1}
      </Button>
    </div>
  );
}

const title = (steps: readonly { readonly actor: Actor; readonly label: string }[]): string =>
  steps.map(({ actor, label }) => `${actor} ${label}`).join(', ');
