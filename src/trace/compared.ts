import type { Kernel } from '#kvm/kernel.ts';
import type { Tracepoint } from '#kvm/recorder.ts';
import { tracepointsOf, wordOfEvent, wordOfTrace } from './align/event-words.ts';
import type { SeenEvent } from './seen.ts';

/** Recorded events that the kernel can fire, as they are compared. */
export function recordedWords(events: readonly SeenEvent[], kernel: Kernel): readonly string[] {
  const names = tracepointsOf(kernel);
  return events.filter(({ name }) => names.has(name)).map(wordOfEvent);
}

/** What the model fired, without what no tracer shows. */
export function modelWords(traces: readonly Tracepoint[]): readonly string[] {
  return traces.filter(({ event }) => event.startsWith('kvm_')).map(wordOfTrace);
}

/** Where two lists of tracepoints part, in words; undefined where they do not. */
export function partingOf(
  recorded: readonly string[],
  model: readonly string[],
): { readonly at: number; readonly words: string } | undefined {
  const most = Math.max(recorded.length, model.length);
  for (let at = 0; at < most; at += 1)
    if (recorded[at] !== model[at])
      return {
        at,
        words: `recorded ${recorded[at] ?? 'nothing more'}, the model ${model[at] ?? 'nothing more'}`,
      };
  return undefined;
}
