import type { ReactNode } from 'react';

import type { PanelName } from '#program/talk.ts';
import type { Presenting } from '#session/page-look.ts';
import { withoutFuture } from '#session/presenting.ts';
import { PanelSlot, PanelStack, type SlotProps } from '../app/PanelSlot.tsx';
import { classes } from '../shared/classes.ts';
import { StageHead } from './StageHead.tsx';
import { shownPanels } from './stage-panels.ts';

interface Props extends SlotProps {
  readonly presenting: Presenting;
  /** What stands at the bottom: how to move, and what to show. */
  readonly controls: ReactNode;
}

/** What an audience sees: what is told, what came of it, and the panels of this step, large. */
export function Stage({ presenting, controls, ...slot }: Props) {
  const { session } = slot;
  // Nobody should read in the lanes what they are asked to predict.
  const props = presenting.covered ? { ...slot, session: withoutFuture(session) } : slot;
  const panels = shownPanels(session, presenting);
  const beside = panels.filter((name) => name !== 'code');
  const hasCode = panels.includes('code');
  if (presenting.blank) return <Blank />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <StageHead session={props.session} views={props.views} focus={props.focus} presenting={presenting} />
      <main className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        {beside.length > 0 && (
          <div
            className={classes(
              'flex min-h-0 min-w-0 flex-1',
              hasCode ? 'flex-col' : 'max-md:flex-col',
              'divide-line',
              hasCode ? 'divide-y' : 'divide-x',
            )}
          >
            {beside.map((name) => (
              <div key={name} className={classes('min-h-0 min-w-0', weights[name])}>
                <StagePanel {...props} name={name} />
              </div>
            ))}
          </div>
        )}
        {hasCode && (
          <div
            className={classes(
              'min-h-0 min-w-0 border-l border-line',
              beside.length > 0 ? 'basis-[47%]' : 'flex-1',
            )}
          >
            <StagePanel {...props} name="code" />
          </div>
        )}
      </main>
      {controls}
    </div>
  );
}

/** How much room each takes of its column. */
const weights: Readonly<Record<PanelName, string>> = {
  program: 'flex-2',
  chart: 'flex-5',
  lanes: 'flex-3',
  state: 'flex-3',
  code: 'flex-5',
};

function StagePanel({ name, ...slot }: SlotProps & { readonly name: PanelName }) {
  return name === 'state' ? (
    <PanelStack {...slot} names={['intercepts', 'state']} />
  ) : (
    <PanelSlot {...slot} name={name} />
  );
}

/** A dark screen, so that people look at whoever speaks. */
function Blank() {
  return (
    <main className="h-full bg-black">
      <p className="sr-only">The stage is blank. The full stop shows it again.</p>
    </main>
  );
}
