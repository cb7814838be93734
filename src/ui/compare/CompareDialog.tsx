import { useState } from 'react';

import { witnessSession } from '#explore/witness-session.ts';
import type { Goal } from '#explore/reachable.ts';
import type { Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { Tabs } from '../shared/Tabs.tsx';
import { CheckView } from './CheckView.tsx';
import { DiffView } from './DiffView.tsx';
import { choicesOf, firstPair } from './kernel-choices.ts';
import { GridView } from './GridView.tsx';
import type { OpenWitness } from './open.ts';
import { ReachView } from './ReachView.tsx';
import { SeriesView } from './SeriesView.tsx';
import type { CompareStart } from './start.ts';

interface Props {
  readonly session: Session;
  /** The kernel that single-kernel panels show. */
  readonly focus: number;
  readonly start: CompareStart;
  readonly dispatch: Dispatch;
  /** Another run instead of this one. */
  readonly onOpen: (session: Session) => void;
  readonly onClose: () => void;
}

/** Compare kernels and check them, in every state that they can reach. */
export function CompareDialog({ session, focus, start, dispatch, onOpen, onClose }: Props) {
  const [tab, setTab] = useState(start.tab);
  const [pair, setPair] = useState(() => firstPair(session));
  const [kernel, setKernel] = useState(session.kernels[focus] ?? '7.0');
  const [goal, setGoal] = useState<Goal>(start.goal ?? { region: 'tripleFault', state: 'pending' });
  const kernels = choicesOf(session);
  const open: OpenWitness = (witness, on, micro) => {
    onOpen(witnessSession(witness, on, micro));
    onClose();
  };
  return (
    <Dialog title="Compare and check" size="wide" onClose={onClose}>
      <Tabs
        label="Views"
        selected={tab}
        onSelect={setTab}
        tabs={[
          {
            id: 'diff',
            title: 'Differences',
            content: <DiffView kernels={kernels} pair={pair} onPair={setPair} onOpen={open} />,
          },
          {
            id: 'check',
            title: 'Invariants',
            content: <CheckView kernels={kernels} onOpen={open} />,
          },
          {
            id: 'grid',
            title: 'What if',
            content: <GridView session={session} kernels={kernels} dispatch={dispatch} onClose={onClose} />,
          },
          { id: 'series', title: 'Series', content: <SeriesView onOpen={open} /> },
          {
            id: 'reach',
            title: 'How to get there',
            content: (
              <ReachView
                kernels={kernels}
                kernel={kernel}
                goal={goal}
                onKernel={setKernel}
                onGoal={setGoal}
                onOpen={open}
              />
            ),
          },
        ]}
      />
    </Dialog>
  );
}
