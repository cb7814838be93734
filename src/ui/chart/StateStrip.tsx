import { chartRegions, type Passage } from '#session/chart-graph.ts';
import type { View } from '#session/derive.ts';
import { guardText } from '#session/guard-words.ts';
import { guardHolds, stateIn } from '#session/passages.ts';
import { Prose } from '../shared/Prose.tsx';
import type { StateRef } from './ChartDrawing.tsx';
import { meaningOf, warnWords } from './meanings.ts';

interface Props {
  readonly selected: StateRef;
  readonly focused: View;
  readonly views: readonly View[];
  /** The visitor asks for the way here. */
  readonly onHowTo: (() => void) | undefined;
  /** To the state at the end of an arrow. */
  readonly onGo: (state: StateRef) => void;
  readonly onClose: () => void;
}

/** Say what a state means, which events lead into it, and what leads out of it now. */
export function StateStrip({ selected: { region, state }, focused, views, onHowTo, onGo, onClose }: Props) {
  const all =
    chartRegions.find(({ name }) => name === region)?.arrows.flatMap(({ passages }) => passages) ?? [];
  const into = all.filter(({ from, to }) => to === state && from !== state);
  const out = all.filter(({ from }) => from === state);
  const here = views
    .filter(({ snapshot }) => stateIn(snapshot, region) === state)
    .map(({ kernel }) => kernel);
  const isCurrent = stateIn(focused.snapshot, region) === state;
  return (
    <section aria-label={`${region}: ${state}`} className="relative pr-32 text-ink-2">
      <div className="absolute top-0 right-0 flex flex-col items-end gap-1">
        {onHowTo && (
          <StripButton opens="dialog" onClick={onHowTo}>
            How do I get here?
          </StripButton>
        )}
        <StripButton onClick={onClose}>Close</StripButton>
      </div>
      <p>
        <span className="font-mono font-semibold text-ink">
          {region}: {state}
        </span>{' '}
        <Prose>{meaningOf(region, state)}</Prose>
      </p>
      <p>
        {here.length === 0 ? (
          'No shown kernel is here.'
        ) : (
          <>
            Here now: <span className="font-mono text-ink">{here.join(', ')}</span>.
          </>
        )}{' '}
        In by: <Events passages={into} bare />
      </p>
      <p>
        {isCurrent ? 'Open now: ' : 'Out by: '}
        <Events
          passages={out}
          view={isCurrent ? focused : undefined}
          onGo={(to) => onGo({ region, state: to })}
        />
      </p>
    </section>
  );
}

interface StripButtonProps {
  readonly opens?: 'dialog';
  readonly onClick: () => void;
  readonly children: string;
}

function StripButton({ opens, onClick, children }: StripButtonProps) {
  return (
    <button
      type="button"
      aria-haspopup={opens}
      onClick={onClick}
      className="cursor-pointer rounded-sm border border-line bg-panel px-1.5 text-2xs whitespace-nowrap text-ink-2 hover:border-line-strong hover:text-ink"
    >
      {children}
    </button>
  );
}

interface EventsProps {
  readonly passages: readonly Passage[];
  /** With it, guards say whether they hold. */
  readonly view?: View | undefined;
  /** Without what the kernel asserts of them. */
  readonly bare?: boolean;
  /** With it, an event leads to the state at the end of its arrow. */
  readonly onGo?: (to: string) => void;
}

function Events({ passages, view, bare = false, onGo }: EventsProps) {
  if (passages.length === 0) return 'nothing';
  return passages.map((passage, index) => (
    <span key={passage.id}>
      {index > 0 && '; '}
      {onGo && passage.from !== passage.to ? (
        <button
          type="button"
          aria-label={`${passage.event} to ${passage.to}`}
          title={`To ${passage.to}`}
          onClick={() => onGo(passage.to)}
          className="cursor-pointer font-mono text-ink underline decoration-dotted"
        >
          {passage.event}
        </button>
      ) : (
        <span className="font-mono text-ink">{passage.event}</span>
      )}
      {!bare && <GuardNote passage={passage} view={view} />}
    </span>
  ));
}

function GuardNote({
  passage: { from, to, guard, warn },
  view,
}: {
  readonly passage: Passage;
  readonly view: View | undefined;
}) {
  if (warn === undefined) return null;
  if (guard === undefined || from === to) {
    return (
      <>
        , a WARN ({warn}: <Prose>{warnWords[warn]}</Prose>)
      </>
    );
  }
  const holds = view ? guardHolds(view.snapshot, guard) : undefined;
  return (
    <>
      , a WARN ({warn}) unless <code className="font-mono whitespace-nowrap">{guardText(guard)}</code>
      {holds !== undefined &&
        (holds ? ', which holds' : <strong className="text-danger">, which does not hold</strong>)}
    </>
  );
}
