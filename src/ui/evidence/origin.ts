import type { RecordedMoment } from '#program/evidence.ts';

/** Where the recordings that ship come from. */
export const shippedOrigin = 'a real kvm-amd of Linux 6.12.117 under QEMU 7.2 with TCG';

/** Where a recorded step comes from, in words. */
export function originWords({ origin, before }: RecordedMoment): string {
  if (origin !== undefined) return origin;
  return before.context.nrips === 1
    ? `${shippedOrigin}, the emulator made to store nRIP at a #VMEXIT`
    : shippedOrigin;
}
