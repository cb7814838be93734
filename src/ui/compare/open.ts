import type { Witness } from '#explore/witness.ts';

/** Open a witness as a run on these kernels, at a micro-step of its last operation where one is given. */
export type OpenWitness = (witness: Witness, kernels: readonly string[], micro?: number) => void;
