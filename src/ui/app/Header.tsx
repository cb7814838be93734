import { scenarios } from '#scenarios/scenarios.ts';
import { programNow, setHost } from '#session/what-if.ts';
import type { PanelProps } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { Switch } from '../shared/Switch.tsx';
import { KernelChips } from './KernelChips.tsx';
import { keyTable, shortcutsOf, type KeyActions } from './keys.ts';
import { Stepping } from './Stepping.tsx';
import type { Theme } from './themes.ts';
import type { PageWidth } from './useMedia.ts';

interface Props extends PanelProps {
  readonly width: PageWidth;
  readonly actions: KeyActions;
  readonly theme: Theme;
}

/** The one row at the top: what runs, on which kernels, how to move, and how the page looks. */
export function Header({ session, views, dispatch, focus, onFocus, width, actions, theme }: Props) {
  const panel = { session, views, dispatch, focus, onFocus };
  const scenario = scenarios.find(({ id }) => id === session.scenario);
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-3 py-1 xl:justify-end">
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
      <Rest session={session} dispatch={dispatch} actions={actions} theme={theme} />
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

function PresentButton({ actions }: Pick<Props, 'actions'>) {
  return (
    <Button
      label="Present"
      title={keyTable.present.title}
      shortcuts={shortcutsOf('present')}
      onClick={() => keyTable.present.run(actions)}
    >
      <PresentIcon />
      <span className="max-md:hidden">Present</span>
      <Kbd>{keyTable.present.shown}</Kbd>
    </Button>
  );
}

/** How the page looks, and what can be pressed on it. */
function PageButtons({ theme, actions }: Pick<Props, 'theme' | 'actions'>) {
  return (
    <>
      <Button
        tone="quiet"
        label={`Theme: ${theme}`}
        title={`Theme: ${theme}`}
        shortcuts={shortcutsOf('theme')}
        onClick={actions.turnTheme}
      >
        <ThemeIcon theme={theme} />
        <Kbd>{keyTable.theme.shown}</Kbd>
      </Button>
      <PresentButton actions={actions} />
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
      <ShareButton actions={actions} />
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
      <LinkButton onCopy={actions.copyLink} />
      <Button
        tone="quiet"
        opens="dialog"
        label="All keys"
        title="All keys"
        shortcuts={shortcutsOf('sheet')}
        onClick={() => actions.open('keys')}
      >
        <span aria-hidden="true" className="md:hidden">
          ?
        </span>
        <Kbd>{keyTable.sheet.shown}</Kbd>
      </Button>
    </>
  );
}

function ShareButton({ actions }: Pick<Props, 'actions'>) {
  return (
    <Button
      opens="dialog"
      label="Share"
      title={keyTable.share.title}
      shortcuts={shortcutsOf('share')}
      onClick={() => actions.open('share')}
      className="ml-1"
    >
      <ShareIcon />
      <span className="max-md:hidden">Share</span>
      <Kbd>{keyTable.share.shown}</Kbd>
    </Button>
  );
}

/** What stands at the end of the row: the NRIPS switch, and buttons that need no words. */
function Rest({
  session,
  dispatch,
  actions,
  theme,
}: Pick<Props, 'session' | 'dispatch' | 'actions' | 'theme'>) {
  return (
    <div className="order-4 flex shrink-0 items-center max-md:order-1 max-md:ml-auto">
      <Switch
        label="NRIPS"
        title="What if the processor does, or does not, save the next instruction pointer on intercepts?"
        checked={programNow(session).host.nrips}
        onChange={(on) => dispatch((now) => setHost(now, 'nrips', on))}
      />
      <PageButtons theme={theme} actions={actions} />
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

/** A screen on its stand. */
function PresentIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d="M.5 1h11M1.5 1v6.5h9V1M6 7.5v2M3.5 11.5 6 9.5l2.5 2" />
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

/** Out of a box. */
function ShareIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d="M3.5 5H1.5v6h9V5h-2M6 7.5V1M3.5 3.5 6 1l2.5 2.5" />
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

function LinkButton({ onCopy }: { readonly onCopy: () => void }) {
  return (
    <Button
      tone="quiet"
      label="Copy a link"
      title={keyTable.link.title}
      shortcuts={shortcutsOf('link')}
      onClick={onCopy}
    >
      <LinkIcon />
      <Kbd>{keyTable.link.shown}</Kbd>
    </Button>
  );
}

/** Two links of a chain. */
function LinkIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-none stroke-current">
      <path d="M5 3.5 6.5 2a2.5 2.5 0 0 1 3.5 3.5L8.5 7M7 8.5 5.5 10A2.5 2.5 0 0 1 2 6.5L3.5 5M4.5 7.5l3-3" />
    </svg>
  );
}

/** A disc: full for dark, empty for light, half for what the system says. */
function ThemeIcon({ theme }: { readonly theme: Theme }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-current stroke-current">
      <circle cx="6" cy="6" r="5" fill="none" />
      {theme === 'dark' && <circle cx="6" cy="6" r="5" />}
      {theme === 'system' && <path d="M6 1a5 5 0 0 1 0 10Z" />}
    </svg>
  );
}
