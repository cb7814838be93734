import { scenarios } from '#scenarios/scenarios.ts';
import { programNow, setHost } from '#session/what-if.ts';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { classes } from '../shared/classes.ts';
import { useSingleKeys } from '../settings/store.ts';
import { Switch } from '../shared/Switch.tsx';
import { KernelChips } from './KernelChips.tsx';
import { keyTable, shortcutsOf, type KeyActions } from './keys.ts';
import { Stepping } from './Stepping.tsx';
import type { PageWidth } from './useMedia.ts';

interface Props extends PanelProps {
  readonly width: PageWidth;
  readonly actions: KeyActions;
}

/** The one row at the top: what runs, on which kernels, how to move, and how the page looks. */
export function Header({ session, views, dispatch, focus, onFocus, width, actions }: Props) {
  const panel = { session, views, dispatch, focus, onFocus };
  const scenario = scenarios.find(({ id }) => id === session.scenario);
  return (
    // How many rows are needed depends on the size of text, too, which a media query does not know.
    <header className="@container shrink-0 border-b border-line bg-panel px-3">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1 @min-[72rem]:flex-nowrap">
        <h1 className="text-base font-semibold tracking-tight">svmscope</h1>
        <ScenarioButton
          title={scenario?.title ?? session.program.title}
          onOpen={() => actions.open('scenarios')}
        />
        <div className="order-2 max-md:order-3 xl:shrink-0">
          <KernelChips {...panel} onAdd={() => actions.open('kernels')} />
        </div>
        {width !== 'narrow' && (
          <div className="order-3 flex shrink-0 items-center gap-1 xl:ml-auto">
            <Stepping session={session} views={views} dispatch={dispatch} />
          </div>
        )}
        <Rest session={session} dispatch={dispatch} actions={actions} />
      </div>
    </header>
  );
}

interface ScenarioButtonProps {
  readonly title: string;
  readonly onOpen: () => void;
}

function ScenarioButton({ title, onOpen }: ScenarioButtonProps) {
  return (
    <Button
      opens="dialog"
      label={`Scenario: ${title}`}
      shortcuts={shortcutsOf('scenarios')}
      onClick={onOpen}
      className="order-1 min-w-0 max-md:order-2 max-md:w-full md:max-w-96 xl:min-w-28 xl:shrink!"
    >
      <span className="min-w-0 flex-1 truncate text-left">{title}</span>
      <Chevron />
      <Kbd>{keyTable.scenarios.shown}</Kbd>
    </Button>
  );
}

/** How the page looks, and what can be pressed on it. */
function PageButtons({ actions }: Pick<Props, 'actions'>) {
  const singleKeys = useSingleKeys();
  return (
    <>
      <Button
        opens="dialog"
        label="Compare"
        title={keyTable.compare.title}
        shortcuts={shortcutsOf('compare')}
        onClick={() => actions.open('compare')}
      >
        <CompareIcon />
        <span className="max-md:hidden">Compare</span>
        <Kbd>{keyTable.compare.shown}</Kbd>
      </Button>
      <Button
        tone="quiet"
        opens="dialog"
        label="Evidence"
        title={keyTable.evidence.title}
        shortcuts={shortcutsOf('evidence')}
        onClick={() => actions.open('evidence')}
      >
        <EvidenceIcon />
        <Kbd>{keyTable.evidence.shown}</Kbd>
      </Button>
      <Button
        tone="quiet"
        opens="dialog"
        label="Settings"
        title={keyTable.settings.title}
        shortcuts={shortcutsOf('settings')}
        onClick={() => actions.open('settings')}
      >
        <SettingsIcon />
        <Kbd>{keyTable.settings.shown}</Kbd>
      </Button>
      <Button
        tone="quiet"
        opens="dialog"
        label="All keys"
        title="All keys"
        shortcuts={shortcutsOf('sheet')}
        onClick={() => actions.open('keys')}
      >
        <span aria-hidden="true" className={classes(singleKeys && 'md:hidden')}>
          ?
        </span>
        <Kbd>{keyTable.sheet.shown}</Kbd>
      </Button>
    </>
  );
}

/** What stands at the end of the row: the NRIPS switch, and buttons that need no words. */
function Rest({ session, dispatch, actions }: Pick<Props, 'session' | 'dispatch' | 'actions'>) {
  return (
    <div className="order-4 flex shrink-0 items-center max-md:order-1 max-md:ml-auto">
      <Switch
        label="NRIPS"
        title="What if the processor does, or does not, save the next instruction pointer on intercepts?"
        checked={programNow(session).host.nrips}
        onChange={(on) => dispatch((now) => setHost(now, 'nrips', on))}
      />
      <PageButtons actions={actions} />
    </div>
  );
}

function Chevron() {
  return (
    <svg aria-hidden="true" viewBox="0 0 8 8" className="size-2 shrink-0 fill-none stroke-current">
      <path d="M1 2.5 4 5.5 7 2.5" />
    </svg>
  );
}

/** Two ways that part. */
function CompareIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d="M0 6h4M4 6 8 2.5h4M4 6l4 3.5h4" />
    </svg>
  );
}

/** A list that was ticked off. */
function EvidenceIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d="M.5 3 2 4.5 4 1.5M.5 8.5 2 10l2-3M6 3h5.5M6 8.5h5.5" />
    </svg>
  );
}

/** Two things that can be moved. */
function SettingsIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d="M0 3.5h2M6 3.5h6M0 8.5h6M10 8.5h2" />
      <circle cx="4" cy="3.5" r="2" />
      <circle cx="8" cy="8.5" r="2" />
    </svg>
  );
}
