import { invariant } from '#base/assert.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { invariants, type Invariant } from '#program/invariants.ts';
import type { Bounds, Part } from './bounds.ts';
import { Family } from './family.ts';
import type { Liveness } from './liveness.ts';
import { Transitions } from './transitions.ts';

/** A part of the bounds with what is known of it already. */
export interface KnownPart {
  readonly part: Part;
  readonly transitions: Transitions;
  /** What counted in the last exploration: a good guess for the next one. */
  guess: Liveness | undefined;
}

/** What explorations of the same kernels, bounds and invariants share: each is faster for the ones before it. */
export class Space {
  readonly family: Family;
  readonly asked: readonly Invariant[];
  readonly parts: readonly KnownPart[];

  constructor(kernels: readonly Kernel[], bounds: Bounds, asked: readonly Invariant[] = invariants) {
    this.family = new Family(kernels);
    this.asked = asked;
    this.parts = bounds.parts.map((part) => ({
      part,
      transitions: new Transitions(this.family, part, asked),
      guess: undefined,
    }));
  }

  /** The place of a kernel among those of the space. */
  indexOf(kernel: Kernel): number {
    const index = this.family.kernels.indexOf(kernel);
    invariant(index >= 0, `${kernel.id} is part of the space`);
    return index;
  }
}
