import { panelNames, type PanelName } from '#program/talk.ts';
import type { PageLook, Presenting } from '#session/page-look.ts';
import {
  followStop,
  toggleBlank,
  togglePanel,
  togglePredict,
  togglePresenting,
} from '#session/presenting.ts';
import type { Session } from '#session/session.ts';
import { keyTable, shortcutsOf, type KeyActions } from '../app/keys.ts';
import { slotTitle } from '../app/PanelSlot.tsx';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
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
      <KeyButton name="previousStop" actions={actions} label="Previous stop" text="‹" />
      <KeyButton name="nextStop" actions={actions} label="Next stop" text="›" />
      <KeyButton name="overview" actions={actions} text="Overview" />
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
      <Button
        pressed={presenting.predict}
        title={keyTable.predict.title}
        shortcuts={shortcutsOf('predict')}
        onClick={look(togglePredict)}
      >
        Predict first <Kbd>{keyTable.predict.shown}</Kbd>
      </Button>
      <Button
        pressed={presenting.blank}
        title={keyTable.blank.title}
        shortcuts={shortcutsOf('blank')}
        onClick={look(toggleBlank)}
      >
        Blank <Kbd>{keyTable.blank.shown}</Kbd>
      </Button>
      {!apart && <KeyButton name="presenter" actions={actions} text="Presenter window" />}
      {!apart && <KeyButton name="fullscreen" actions={actions} text="Full screen" />}
      <Button
        title={keyTable.present.title}
        shortcuts={shortcutsOf('present')}
        onClick={look(togglePresenting)}
        className="ml-auto"
      >
        End <Kbd>{keyTable.present.shown}</Kbd>
      </Button>
    </div>
  );
}

interface KeyButtonProps {
  readonly name: 'previousStop' | 'nextStop' | 'overview' | 'presenter' | 'fullscreen';
  readonly actions: KeyActions;
  readonly label?: string;
  readonly text: string;
}

/** A button that does what a key does. */
function KeyButton({ name, actions, label, text }: KeyButtonProps) {
  const { title, shown, run } = keyTable[name];
  return (
    <Button
      {...(label === undefined ? {} : { label })}
      title={title}
      shortcuts={shortcutsOf(name)}
      onClick={() => run(actions)}
    >
      {text} <Kbd>{shown}</Kbd>
    </Button>
  );
}
