import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';

/** What a picture is made of. */
export interface Pictured {
  readonly session: Session;
  readonly views: readonly View[];
  /** The view of the kernel in focus. */
  readonly focused: View;
}
