import { useState } from 'react';

import { listingOf, pointersOf, type ListName } from '#session/listing.ts';
import type { View } from '#session/derive.ts';
import type { PanelProps } from '../panels.ts';
import { Kbd } from '../shared/Kbd.tsx';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { useShortcuts } from '../settings/single-keys.ts';
import { OperationNote } from './OperationNote.tsx';
import { marksOf, type Mark } from './pointer-marks.ts';
import { ProgramList } from './ProgramList.tsx';

interface Props extends PanelProps {
  /** Absent: it cannot be edited here. */
  readonly onEdit?: () => void;
}

const titles = { l1: 'L1', l2: 'L2', smm: 'SMM', userspace: 'Userspace' } as const;

const isShown = (list: ListName, length: number, marks: readonly Mark[]): boolean =>
  list !== 'smm' || length > 1 || marks.some((mark) => mark.list === 'smm' && mark.kind === 'current');

/** List what runs: the code of L1, L2 and SMM, the calls of userspace, and where each instruction pointer stands. */
export function ProgramPanel({ session, views, focus, onEdit }: Props) {
  const [chosen, setChosen] = useState<{ readonly list: ListName; readonly index: number }>();
  const view: View | undefined = views[focus];
  if (!view) return null;
  const listing = listingOf(session, view.kernel);
  const marks = marksOf(views, focus, pointersOf);
  const columns = (['l1', 'l2', 'smm'] as const).filter((list) => isShown(list, listing[list].length, marks));
  const shown = chosen && listing[chosen.list][chosen.index];
  const list = (name: ListName) => (
    <ProgramList
      key={name}
      title={titles[name]}
      name={name}
      rows={listing[name]}
      marks={marks.filter((mark) => mark.list === name)}
      chosen={chosen?.list === name ? chosen.index : undefined}
      onChoose={(index) =>
        setChosen(chosen?.list === name && chosen.index === index ? undefined : { list: name, index })
      }
    />
  );
  return (
    <PanelFrame
      title="Program"
      aside={
        <span className="flex items-center gap-2">
          <code className="font-mono text-2xs text-ink-3">{view.kernel}</code>
          {onEdit && <EditButton onEdit={onEdit} />}
        </span>
      }
    >
      <div className={columns.length > 2 ? 'grid grid-cols-3' : 'grid grid-cols-2'}>{columns.map(list)}</div>
      {listing.userspace.length > 0 && <div className="border-t border-line">{list('userspace')}</div>}
      {shown && <OperationNote op={shown.op} />}
    </PanelFrame>
  );
}

function EditButton({ onEdit }: Required<Pick<Props, 'onEdit'>>) {
  return (
    <button
      type="button"
      id="edit-program"
      aria-label="Edit the program"
      aria-keyshortcuts={useShortcuts('e')}
      onClick={onEdit}
      className="inline-flex h-5 cursor-pointer items-center gap-1 rounded-sm border border-line px-1.5 text-2xs text-ink-2 hover:border-line-strong hover:text-ink max-md:h-6 max-md:px-2.5"
    >
      Edit <Kbd>e</Kbd>
    </button>
  );
}
