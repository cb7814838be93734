import type { ReactNode } from 'react';

import type { PanelName } from '#program/talk.ts';
import type { PageLook } from '#session/page-look.ts';
import type { ChartProps } from '../chart/ChartPanel.tsx';
import type { PanelProps } from '../panels.ts';
import { Tabs } from '../shared/Tabs.tsx';
import { EditorSlot } from './EditorSlot.tsx';
import { PanelSlot, PanelStack, slotTitle, type SlotName } from './PanelSlot.tsx';
import { Split } from './Split.tsx';
import type { Editing } from './useEditing.ts';
import type { PageWidth } from './useMedia.ts';

interface Props extends PanelProps {
  readonly width: PageWidth;
  readonly look: PageLook;
  readonly onLook: (change: Partial<PageLook>) => void;
  readonly editing: Editing;
  readonly onHowTo: NonNullable<ChartProps['onHowTo']>;
}

/** Put the panels where they fit: three columns, two, or one behind tabs. */
export function Layout({ width, look: { tab, density }, editing, ...props }: Props) {
  const onTab = (chosen: PanelName): void => props.onLook({ tab: chosen });
  const slot = { ...props, density, onEdit: editing.open };
  const show = (name: SlotName): ReactNode => <PanelSlot {...slot} name={name} />;
  const pane = (name: SlotName, size: number, min: number) => ({
    id: name,
    label: slotTitle(name),
    size,
    min,
    content: show(name),
  });
  // The editor stands in place of the program and of what belongs to the run.
  const editor = editing.isOpen ? <EditorSlot editing={editing} session={props.session} /> : undefined;
  if (width === 'wide') return <WideLayout pane={pane} editor={editor} />;
  const program = editor ?? <PanelStack {...slot} names={['program', 'operations']} />;
  const state = <PanelStack {...slot} names={['intercepts', 'state']} />;
  const centre = [
    { id: 'chart', title: 'Chart', content: show('chart') },
    { id: 'lanes', title: 'Lanes', content: show('lanes') },
    { id: 'code', title: 'Code', content: show('code') },
    { id: 'state', title: 'State', content: state },
  ] as const;
  if (width === 'narrow') {
    const tabs = [{ id: 'program', title: 'Program', content: program } as const, ...centre];
    return <Tabs tabs={tabs} selected={tab} onSelect={onTab} />;
  }
  const tabs = <Tabs tabs={centre} selected={tab === 'program' ? 'chart' : tab} onSelect={onTab} />;
  return (
    <Split
      id="two-columns"
      direction="row"
      panes={[
        { id: 'left', label: 'the left column', size: 38, min: 25, content: program },
        { id: 'right', label: 'the right column', size: 62, min: 30, content: tabs },
      ]}
    />
  );
}

interface WideProps {
  readonly editor: ReactNode;
  readonly pane: (
    name: SlotName,
    size: number,
    min: number,
  ) => {
    readonly id: string;
    readonly label: string;
    readonly size: number;
    readonly min: number;
    readonly content: ReactNode;
  };
}

function WideLayout({ pane, editor }: WideProps) {
  const left = editor ?? (
    <Split
      id="left"
      direction="column"
      panes={[
        pane('program', 20.5, 8),
        pane('operations', 27, 8),
        pane('intercepts', 20, 8),
        pane('state', 32.5, 8),
      ]}
    />
  );
  const centre = (
    <Split id="centre" direction="column" panes={[pane('chart', 62, 15), pane('lanes', 38, 15)]} />
  );
  return (
    <Split
      id="columns"
      direction="row"
      panes={[
        { id: 'left', label: 'the left column', size: 24, min: 16, content: left },
        { id: 'centre', label: 'the centre column', size: 40, min: 20, content: centre },
        pane('code', 36, 18),
      ]}
    />
  );
}
