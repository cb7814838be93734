import { scenarios } from '#scenarios/scenarios.ts';
import { programNow, setHost } from '#session/what-if.ts';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { Switch } from '../shared/Switch.tsx';
import { HeaderButtons } from './HeaderButtons.tsx';
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
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1">
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
            <Stepping session={session} views={views} dispatch={actions.move} />
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
      className="order-1 min-w-0 max-md:order-2 max-md:w-full md:max-w-96 xl:basis-28 xl:grow"
    >
      <span className="min-w-0 flex-1 truncate text-left">{title}</span>
      <Chevron />
      <Kbd>{keyTable.scenarios.shown}</Kbd>
    </Button>
  );
}

/** What stands at the end of the row: the NRIPS switch, and buttons that need no words. */
function Rest({ session, dispatch, actions }: Pick<Props, 'session' | 'dispatch' | 'actions'>) {
  return (
    <div className="order-4 ml-auto flex shrink-0 items-center max-md:order-1">
      <Switch
        label="NRIPS"
        title="What if the processor does, or does not, save the next instruction pointer on intercepts?"
        checked={programNow(session).host.nrips}
        onChange={(on) => dispatch((now) => setHost(now, 'nrips', on))}
      />
      <HeaderButtons actions={actions} />
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
