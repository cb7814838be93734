import type { PanelProps } from '../panels.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { EferField } from './EferField.tsx';
import { Facts } from './Facts.tsx';
import { HostOptions } from './HostOptions.tsx';

/** The state of the focused kernel's vCPU in figures: EFER bit by bit, vmcb12, GIF, requests; and the host's options. */
export function StatePanel({ session, views, dispatch, focus }: PanelProps) {
  const view = views[focus];
  if (!view) return null;
  return (
    <PanelFrame title="State" aside={<code className="font-mono text-2xs text-ink-3">{view.kernel}</code>}>
      <div className="flex flex-col gap-2 p-2">
        <EferField view={view} dispatch={dispatch} />
        <Facts session={session} view={view} />
        <HostOptions session={session} dispatch={dispatch} />
      </div>
    </PanelFrame>
  );
}
