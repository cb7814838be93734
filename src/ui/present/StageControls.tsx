import { panelNames, type PanelName } from '#program/talk.ts';
import type { PageLook, Presenting } from '#session/page-look.ts';
import { followStop, togglePanel } from '#session/presenting.ts';
import type { Session } from '#session/session.ts';
import { programNow, setHost } from '#session/what-if.ts';
import { KeyButton } from '../app/KeyButton.tsx';
import type { KeyActions } from '../app/keys.ts';
import { slotTitle } from '../app/PanelSlot.tsx';
import { Switch } from '../shared/Switch.tsx';
import { Button } from '../shared/Button.tsx';
import { shownPanels } from './stage-panels.ts';

interface Props {
  readonly session: Session;
  readonly presenting: Presenting;
  readonly actions: KeyActions;
  /** The presenter has a window of their own. */
  readonly apart: boolean;
}

/** What a presenter has at hand: the talk, the panels, the question, the blank screen. */
export function StageControls({ session, presenting, actions, apart }: Props) {
  const shown = shownPanels(session, presenting);
  const look = (change: (look: PageLook) => PageLook) => () => actions.look(change);
  return (
    <div role="toolbar" aria-label="Stage" className="flex flex-wrap items-center gap-1">
      <KeyButton name="previousStop" actions={actions} label="Previous stop">
        ‹
      </KeyButton>
      <KeyButton name="nextStop" actions={actions} label="Next stop">
        ›
      </KeyButton>
      <KeyButton name="overview" actions={actions} opens="dialog">
        Overview
      </KeyButton>
      <span aria-hidden="true" className="mx-1 h-4 border-l border-line" />
      {panelNames.map((name: PanelName) => (
        <Button
          key={name}
          pressed={shown.includes(name)}
          label={`${slotTitle(name)} on the stage`}
          onClick={look((now) => togglePanel(now, shown, name))}
        >
          {slotTitle(name)}
        </Button>
      ))}
      <Button
        tone="quiet"
        off={presenting.panels === undefined}
        title="Show the panels that the stop asks for"
        onClick={look(followStop)}
      >
        As the stop
      </Button>
      <span aria-hidden="true" className="mx-1 h-4 border-l border-line" />
      <KeyButton name="predict" actions={actions} pressed={presenting.predict}>
        Predict first
      </KeyButton>
      <KeyButton name="blank" actions={actions} pressed={presenting.blank}>
        Blank
      </KeyButton>
      {!apart && <Alone session={session} actions={actions} />}
      <KeyButton name="present" actions={actions} className="ml-auto">
        End
      </KeyButton>
    </div>
  );
}

/** What a presenter needs here who has no window of their own. */
function Alone({ session, actions }: Pick<Props, 'session' | 'actions'>) {
  return (
    <>
      <Switch
        label="NRIPS"
        title="What if the processor does, or does not, save the next instruction pointer on intercepts?"
        checked={programNow(session).host.nrips}
        onChange={(on) => actions.update((now) => setHost(now, 'nrips', on))}
      />
      <KeyButton name="presenter" actions={actions}>
        Presenter window
      </KeyButton>
      <KeyButton name="fullscreen" actions={actions}>
        Full screen
      </KeyButton>
    </>
  );
}
