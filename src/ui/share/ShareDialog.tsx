import { useState } from 'react';

import { present } from '#base/assert.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { ExportList } from './ExportList.tsx';
import { ExportView } from './ExportView.tsx';
import { exportTable, type ShareChoices } from './exports.ts';
import { useExport } from './useExport.ts';

interface Props {
  readonly session: Session;
  readonly look: PageLook;
  readonly onClose: () => void;
}

const firstChoices: ShareChoices = { path: true, run: 'whole', light: true, differences: false };

/** Hand on what the page shows: choose what, see it, copy or save it. */
export function ShareDialog({ session, look, onClose }: Props) {
  const [entry, setEntry] = useState(
    present(
      exportTable.find(({ id }) => id === 'reply'),
      'an export',
    ),
  );
  const [choices, setChoices] = useState(firstChoices);
  const result = useExport({ entry, session, look, choices });
  return (
    <Dialog title="Share" size="wide" onClose={onClose}>
      <div className="flex flex-col md:h-[calc(100dvh-8.75rem)] md:flex-row">
        <ExportList chosen={entry} onChoose={setEntry} />
        <ExportView entry={entry} result={result} choices={choices} onChoices={setChoices} />
      </div>
    </Dialog>
  );
}
