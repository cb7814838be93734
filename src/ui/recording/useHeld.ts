import { rankedKernelIds } from '#trace/align/rank.ts';
import type { Alignment, Findings, Ranking } from '#trace/questions.ts';
import { remember, type OpenRecording } from './store.ts';
import { useAsked, type Answer } from './useAsked.ts';

/** A recording held against the model: what is known of that, and what is being found out. */
export interface Held {
  readonly findings: Answer<Findings>;
  /** Asked for by the visitor alone: it takes the longest. */
  readonly ranking: Answer<Ranking>;
  /** On the chosen kernel; idle where none is. */
  readonly alignment: Answer<Alignment>;
}

/** Ask what concerns the whole recording, once, whichever panels are shown. */
export function useHeld({ key, questions, look: { kernel }, foundOut }: OpenRecording): Held {
  const findings = useAsked({
    key: `${key} findings`,
    known: foundOut.findings,
    ask: async (stop, onProgress) => {
      const found = await questions.findings(stop, onProgress);
      remember(key, (before) => ({ ...before, findings: found }));
      return found;
    },
  });
  const ranking = useAsked({
    key: `${key} ranking`,
    known: foundOut.ranking,
    waits: true,
    ask: async (stop, onProgress) => {
      const ranked = await questions.rank(rankedKernelIds, stop, onProgress);
      const alignments = Object.fromEntries(ranked.kernels.map((one) => [one.kernel, one]));
      remember(key, (before) => ({ ...before, ranking: ranked, alignments }));
      return ranked;
    },
  });
  const alignment = useAsked({
    key: `${key} ${kernel}`,
    known: kernel === undefined ? undefined : foundOut.alignments[kernel],
    waits: kernel === undefined,
    ask: async (stop, onProgress) => {
      const aligned = await questions.align(kernel!, stop, onProgress);
      remember(key, (before) => ({
        ...before,
        alignments: { ...before.alignments, [aligned.kernel]: aligned },
      }));
      return aligned;
    },
  });
  return { findings, ranking, alignment };
}
