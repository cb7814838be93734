import { interceptsGif } from './replay-facts.ts';
import type { Glance } from './replayer.ts';
import type { SeenEvent } from './seen.ts';

/** What an event says that a replayer takes from it. */
export function glanceOf({ name, args }: SeenEvent, afterLoss: boolean): Glance {
  return {
    name,
    reason: 'reason' in args ? args.reason : '',
    rip: 'rip' in args ? args.rip : undefined,
    msr: args.of === 'msr' ? args.msr : undefined,
    write: args.of === 'msr' && args.write,
    gp: args.of === 'msr' && args.gp,
    value: args.of === 'msr' ? args.value : args.of === 'exit' ? args.info1 : undefined,
    entering: args.of === 'smm' && args.entering,
    requests: args.of === 'exit' ? args.requests : undefined,
    interceptsGif: args.of === 'intercepts' && interceptsGif(args.words),
    afterLoss,
    unread: args.of === 'other' && args.unread,
  };
}
