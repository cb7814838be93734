import { tracepointsOf, wordOfEvent } from './event-words.ts';
import { candidatesOf } from './candidates.ts';
import type { GoesOn } from './carry-out.ts';
import type { Engine } from './engine.ts';
import type { Episode } from './episode.ts';

/** The longest instruction of x86 in bytes. */
const longest = 15n;

/** An episode with all that it is compared by: equal signatures fare alike in the same belief. */
export interface Question {
  readonly episode: Episode;
  readonly words: readonly string[];
  readonly functions: readonly string[] | undefined;
  readonly goesOn: GoesOn | undefined;
  readonly traced: (name: string) => boolean;
  readonly signature: string;
}

/** The words of an episode that are compared: what is only printed beside VMRUN has no tracepoint of its own. */
function wordsOf({ events }: Episode): readonly string[] {
  return events.filter(({ args }) => args.of !== 'intercepts').map(wordOfEvent);
}

/** What a vCPU's episodes say of each other: where L1 goes on, and which tracepoints were on. */
export class Context {
  private l1Rip: bigint | undefined;
  private readonly seen: Set<string>;

  /** `seen`: names of all events of the recording so far. */
  constructor(seen: Set<string>) {
    this.seen = seen;
  }

  /** What is asked about an episode. */
  question(engine: Engine, episode: Episode): Question {
    const words = wordsOf(episode);
    const functions = engine.functionsOf(episode);
    const goesOn = this.goesOn(episode);
    this.follow(episode);
    const names = tracepointsOf(engine.kernel);
    const all = [...this.seen].some((name) => !names.has(name));
    const traced = (name: string): boolean => all || this.seen.has(name);
    const off = all ? '' : [...this.seen].toSorted().join(' ');
    const { kind, end, exit, entered, events } = episode;
    const memory = events.flatMap(({ args }) =>
      args.of === 'intercepts' ? [args.words.join(' ')] : args.of === 'vmenter' ? [String(args.npt)] : [],
    );
    const signature = JSON.stringify([
      kind,
      end,
      entered,
      exit?.reason,
      words,
      functions,
      goesOn && [goesOn.near, goesOn.atL1],
      candidatesOf(episode),
      memory,
      off,
    ]);
    return { episode, words, functions, goesOn, traced, signature };
  }

  private goesOn({ kind, exit, rip, events }: Episode): GoesOn | undefined {
    if (kind !== 'exit' || !exit || rip === undefined) return undefined;
    const near = rip >= exit.rip && rip - exit.rip <= longest;
    const entered = events.some(({ args }) => args.of === 'vmenter');
    return { near, atL1: this.l1Rip === undefined || entered ? undefined : rip === this.l1Rip };
  }

  private follow({ end, events }: Episode): void {
    for (const { args } of events) if (args.of === 'vmenter') this.l1Rip = args.rip;
    // Userspace may set any register.
    if (end === 'userspace') this.l1Rip = undefined;
  }
}
