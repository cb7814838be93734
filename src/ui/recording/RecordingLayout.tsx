import type { ReactNode } from 'react';

import { Split } from '../app/Split.tsx';
import type { PageWidth } from '../app/useMedia.ts';
import { Tabs } from '../shared/Tabs.tsx';
import { lookAt, type RecordingLook } from './store.ts';

/** A column of the page of a recording. */
interface Column {
  readonly id: RecordingLook['tab'];
  readonly title: string;
  /** Share of the width at first, and the least, in percent. */
  readonly size: number;
  readonly min: number;
  readonly content: ReactNode;
}

interface Props {
  readonly width: PageWidth;
  readonly tab: RecordingLook['tab'];
  readonly columns: readonly Column[];
}

const pane = ({ id, title, size, min, content }: Column) => ({
  id,
  label: `the column ${title}`,
  size,
  min,
  content,
});

const onSelect = (tab: RecordingLook['tab']): void => lookAt({ tab });

/** Put the columns beside each other, or behind tabs where there is no room. */
export function RecordingLayout({ width, tab, columns }: Props) {
  const [first, ...rest] = columns;
  if (!first || rest.length === 0) return first?.content;
  if (width === 'wide') return <Split id="recording-columns" direction="row" panes={columns.map(pane)} />;
  if (width === 'narrow') return <Tabs tabs={columns} selected={tab} onSelect={onSelect} />;
  const shown = rest.some(({ id }) => id === tab) ? tab : rest[0]!.id;
  return (
    <Split
      id="recording-two-columns"
      direction="row"
      panes={[
        pane({ ...first, size: 45, min: 25 }),
        {
          id: 'rest',
          label: 'the right column',
          size: 55,
          min: 30,
          content: <Tabs tabs={rest} selected={shown} onSelect={onSelect} />,
        },
      ]}
    />
  );
}
