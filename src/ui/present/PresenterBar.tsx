import { useEffect, type ReactNode } from 'react';

import { keepAwake } from '#browser/wake-lock.ts';
import { standingOf, type Standing } from '#scenarios/talks.ts';
import type { View } from '#session/derive.ts';
import type { Presenting } from '#session/page-look.ts';
import { togglePresenting } from '#session/presenting.ts';
import type { Session } from '#session/session.ts';
import { forwardOf } from '#session/summary.ts';
import { keyTable, type KeyActions } from '../app/keys.ts';
import { Button } from '../shared/Button.tsx';
import { Markdown } from '../shared/Markdown.tsx';
import { StageControls } from './StageControls.tsx';
import { Timer } from './Timer.tsx';
import type { Partner } from './partner.ts';

interface Props {
  readonly session: Session;
  readonly views: readonly View[];
  readonly focus: number;
  readonly partner: Partner;
  readonly onOpenAudience: () => void;
  readonly actions: KeyActions;
  readonly presenting: Presenting | undefined;
}

/** What only the presenter sees: the notes, what comes next, the time, and what the stage shows. */
export function PresenterBar(props: Props) {
  const { session, views, focus, partner, onOpenAudience, actions, presenting } = props;
  useEffect(keepAwake, []);
  const standing = standingOf(session);
  const { talk, stop } = standing ?? {};
  const next = standing?.next === undefined ? undefined : talk?.stops[standing.next];
  const { label, why } = forwardOf(session, views, focus);
  return (
    <section aria-label="Presenter" className="shrink-0 border-b border-line bg-panel">
      <div className="grid h-34 grid-cols-[minmax(0,5fr)_minmax(0,3fr)_minmax(15rem,2fr)] divide-x divide-line">
        <Column
          title={standing ? nowWords(standing) : 'Now'}
          aside={standing?.here ? stop?.title : undefined}
        >
          {stop ? <Markdown>{stop.text}</Markdown> : <p>{session.program.title}</p>}
        </Column>
        <Column title="Next" aside={next?.title}>
          <p className="mb-1 text-xs text-ink-2">
            {why === undefined ? (
              <>
                → executes <code className="font-mono font-semibold text-ink">{label}</code>
              </>
            ) : (
              `The run ends here: ${why}.`
            )}
          </p>
          {next ? (
            <Markdown>{next.text}</Markdown>
          ) : (
            talk && <p className="text-ink-2">The talk ends here.</p>
          )}
        </Column>
        <div className="flex flex-col gap-2 px-3 py-2">
          <Timer />
          <Audience partner={partner} onOpen={onOpenAudience} />
        </div>
      </div>
      <div className="border-t border-line px-3 py-1">
        {presenting ? (
          <StageControls {...{ session, presenting, actions }} apart />
        ) : (
          <Button tone="primary" onClick={() => actions.look(togglePresenting)}>
            Show the stage in the audience window
          </Button>
        )}
      </div>
    </section>
  );
}

function nowWords({ here, index, talk }: Standing): string {
  return here
    ? `Now: stop ${index + 1} of ${talk.stops.length}`
    : `Now: another way. ${keyTable.previousStop.shown} returns to stop ${index + 1} of ${talk.stops.length}, which says`;
}

interface ColumnProps {
  readonly title: string;
  readonly aside: string | undefined;
  readonly children: ReactNode;
}

function Column({ title, aside, children }: ColumnProps) {
  return (
    <section aria-label={title} className="flex min-h-0 flex-col px-3 py-2">
      <h2 className="shrink-0 truncate text-xs text-ink-2">
        {title}
        {aside !== undefined && <b className="ml-2 font-semibold text-ink">{aside}</b>}
      </h2>
      <div
        role="group"
        aria-label={`${title}: notes`}
        // Notes that scroll must do so by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto text-base"
      >
        {children}
      </div>
    </section>
  );
}

const partners: Readonly<Record<Partner, string>> = {
  waiting: '○ Looking for the audience window …',
  here: '● The audience window follows.',
  gone: '○ The audience window does not answer.',
};

function Audience({ partner, onOpen }: { readonly partner: Partner; readonly onOpen: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs text-ink-2">
      <p role="status" className={partner === 'here' ? 'text-good' : ''}>
        {partners[partner]}
      </p>
      {partner === 'gone' && <Button onClick={onOpen}>Open another</Button>}
    </div>
  );
}
