import type { Kernel } from '#kvm/kernel.ts';
import { run } from '#program/runner.ts';
import { defaults, type Actor } from '#program/types.ts';
import { labelOf } from '#session/possible.ts';
import { setupWords } from '#session/setup-words.ts';
import type { Witness } from './witness.ts';

export interface StoryWords {
  readonly start: string;
  readonly steps: readonly { readonly actor: Actor; readonly label: string }[];
}

/** The operations of a witness as one line, in the order in which they are carried out. */
export function storyLine(witness: Witness, on: Kernel): string {
  const { start, steps } = storyWords(witness, on);
  return `${start}: ${steps.map(({ actor, label }) => `${actor} ${label}`).join('; ')}`;
}

/** A witness in words: what it starts from, and its operations as they are carried out on a kernel. */
export function storyWords({ program, step }: Witness, on: Kernel): StoryWords {
  const { host, guest, vmcb12 } = program;
  const plain = { ...program, host: defaults.host, vmcb12: defaults.vmcb12 };
  const changes = { host: changed(host, defaults.host), vmcb12: changed(vmcb12, defaults.vmcb12) };
  const setup = setupWords(changes, plain);
  const steps = run(on, program).steps.slice(0, step + 1);
  const start = guest.efer.includes('SVME') ? 'L1 has EFER.SVME set' : 'L1 has EFER.SVME clear';
  return {
    start: [start, ...setup].join(', '),
    steps: steps.map(({ actor, op }) => ({ actor, label: labelOf(op) })),
  };
}

/** What is not as it is by default. */
function changed<Options extends object>(now: Options, before: Partial<Options>): Partial<Options> {
  return Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Options]),
    ),
  ) as Partial<Options>;
}

/** How long a witness is. */
export function countWords({ step }: Witness): string {
  return step === 0 ? '1 operation' : `${step + 1} operations`;
}
