/** What the windows of a talk say to each other. */
export type TwinMessage =
  /**
   * What is shown, after so many changes, the last of them by the window of that name. As text, like everything that is
   * kept: another build's window checks it.
   */
  | { readonly kind: 'view'; readonly clock: number; readonly name: string; readonly text: string }
  /** Is anybody there? This window knows of so many changes. */
  | { readonly kind: 'ask'; readonly clock: number }
  | { readonly kind: 'here' };

/** A message that this window understands. */
export function readMessage(value: unknown): TwinMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, clock, name, text } = value as Readonly<Record<string, unknown>>;
  if (kind === 'here') return { kind };
  if (typeof clock !== 'number' || !Number.isSafeInteger(clock)) return undefined;
  if (kind === 'ask') return { kind, clock };
  if (kind !== 'view' || typeof name !== 'string' || typeof text !== 'string') return undefined;
  return { kind, clock, name, text };
}

/** Which of two windows made the later change: each counts on from what it knows; at a tie names decide, in both alike. */
export function isLater(
  one: { readonly clock: number; readonly name: string },
  other: { readonly clock: number; readonly name: string },
): boolean {
  return one.clock > other.clock || (one.clock === other.clock && one.name > other.name);
}
