import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';

/** Replace the session by what the function makes of it. The only way in which a panel changes anything. */
export type Dispatch = (update: (session: Session) => Session) => void;

/** What every panel is given. */
export interface PanelProps {
  readonly session: Session;
  /** One view for each chosen kernel, at the cursor. */
  readonly views: readonly View[];
  readonly dispatch: Dispatch;
  /** The kernel that single-kernel panels show: an index into `views`. */
  readonly focus: number;
  readonly onFocus: (index: number) => void;
}
