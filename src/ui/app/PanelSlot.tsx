import { memo } from 'react';

import type { PageLook } from '#session/page-look.ts';
import { ChartPanel, type ChartProps } from '../chart/ChartPanel.tsx';
import { CodePanel } from '../code/CodePanel.tsx';
import { LanesPanel } from '../lanes/LanesPanel.tsx';
import { InterceptsPanel } from '../listing/InterceptsPanel.tsx';
import { OperationsPanel } from '../listing/OperationsPanel.tsx';
import { ProgramPanel } from '../listing/ProgramPanel.tsx';
import { StatePanel } from '../listing/StatePanel.tsx';
import type { PanelProps } from '../panels.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** Every panel of the page, by the name that the page has for its place. */
const panels = {
  program: { title: 'Program', Panel: memo(ProgramPanel) },
  operations: { title: 'Next operation', Panel: memo(OperationsPanel) },
  intercepts: { title: 'L1 intercepts', Panel: memo(InterceptsPanel) },
  state: { title: 'State', Panel: memo(StatePanel) },
  chart: { title: 'Chart', Panel: memo(ChartPanel) },
  lanes: { title: 'Lanes', Panel: memo(LanesPanel) },
  code: { title: 'Code', Panel: memo(CodePanel) },
} as const;

export type SlotName = keyof typeof panels;

export const slotTitle = (name: SlotName): string => panels[name].title;

/** What panels are given together. */
export interface SlotProps extends PanelProps {
  readonly density: PageLook['density'];
  readonly onLook: (change: Partial<PageLook>) => void;
  readonly onHowTo: NonNullable<ChartProps['onHowTo']>;
  readonly onEdit: () => void;
}

/** A panel in its place. One that fails leaves the others. */
export function PanelSlot({ name, ...props }: SlotProps & { readonly name: SlotName }) {
  const { title, Panel } = panels[name];
  return (
    <ErrorBoundary title={title}>
      <Panel {...props} />
    </ErrorBoundary>
  );
}

/** Panels one below the other, scrolling together. */
export function PanelStack({ names, ...props }: SlotProps & { readonly names: readonly SlotName[] }) {
  return (
    <div className="h-full divide-y divide-line overflow-y-auto bg-panel">
      {names.map((name) => (
        <div key={name}>
          <PanelSlot {...props} name={name} />
        </div>
      ))}
    </div>
  );
}
