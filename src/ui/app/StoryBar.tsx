import { scenarios } from '#scenarios/scenarios.ts';
import { standingOf } from '#scenarios/talks.ts';
import { branchEnd } from '#session/branches.ts';
import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { forwardOf, progressOf, summaryOf } from '#session/summary.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import { Kbd } from '../shared/Kbd.tsx';
import { Markdown } from '../shared/Markdown.tsx';
import { Prose } from '../shared/Prose.tsx';
import { useSingleKeys } from '../settings/store.ts';
import { keyTable, shortcutsOf } from './keys.ts';
import type { StopMove } from './state.ts';
import { TalkHead } from './TalkHead.tsx';

interface Props {
  readonly session: Session;
  readonly views: readonly View[];
  readonly focus: number;
  readonly onStop: (to: StopMove) => void;
  readonly onNotes: () => void;
}

/** What a newcomer reads first: what the scenario claims, what is to be seen now, and what to press. */
export function StoryBar({ session, views, focus, onStop, onNotes }: Props) {
  const standing = session.talk && standingOf(session);
  return (
    <section
      aria-label="Story"
      className={classes(
        'flex shrink-0 flex-col gap-x-4 gap-y-1 border-b border-line bg-raised px-3 py-1.5 text-xs md:flex-row md:overflow-hidden',
        standing ? 'md:h-35 min-[1400px]:h-26!' : 'md:h-21 min-[1400px]:h-17!',
      )}
    >
      {standing ? <TalkHead standing={standing} onStop={onStop} /> : <Claim session={session} />}
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 border-line md:border-l md:pl-4">
        <div
          role="group"
          aria-label="Now"
          // Four kernels that each go their own way have much to tell: then it scrolls, and must do so by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="min-h-0 md:flex-1 md:overflow-y-auto"
        >
          <Now session={session} views={views} />
        </div>
        <Press session={session} views={views} focus={focus} />
      </div>
      <Button
        shortcuts={shortcutsOf('notes')}
        title={keyTable.notes.title}
        onClick={onNotes}
        className="max-md:self-start"
      >
        Notes <Kbd>{keyTable.notes.shown}</Kbd>
      </Button>
    </section>
  );
}

function Claim({ session }: Pick<Props, 'session'>) {
  const scenario = scenarios.find(({ id }) => id === session.scenario);
  return (
    <p className="font-medium text-ink max-md:line-clamp-3 md:w-[36%] md:overflow-y-auto">
      {/* A branch of the visitor's may well end otherwise than the scenario does. */}
      {scenario !== undefined && !progressOf(session).scripted && (
        <span className="font-normal text-ink-2">The scenario, not your branch: </span>
      )}
      <Prose>{scenario?.claim ?? session.program.title}</Prose>
    </p>
  );
}

/** The note of the step where the run is the scenario's own, else what the visitor's last operation came to. */
function Now({ session, views }: Pick<Props, 'session' | 'views'>) {
  const standing = standingOf(session);
  const { made, scripted } = progressOf(session);
  const note = standing?.here ? standing.stop.text : undefined;
  const { title, lines } = summaryOf(session, views);
  const { micro } = session.cursor;
  const total = Math.max(0, ...views.map(({ microSteps }) => microSteps));
  // What an operation came to is known at its end.
  const told = micro === undefined ? lines : [];
  if (note !== undefined) {
    return (
      <div className="flex gap-1 text-ink-2">
        <span>
          <Step>{made === 0 ? 'Start' : `Step ${made}`}</Step>
        </span>
        <Markdown>{note}</Markdown>
      </div>
    );
  }
  return (
    <p className="text-ink-2">
      <Step>{session.names[branchEnd(session).id] ?? (scripted ? `Step ${made}` : 'Your way')}</Step>{' '}
      <code className="font-mono text-ink">{title}</code>
      {micro !== undefined && `, after ${micro} of ${total} nodes of KVM code`}
      {told.map(({ kernels, words }) => (
        <span key={words}>
          {' · '}
          {kernels.length < views.length && <code className="font-mono text-ink">{kernels.join(' ')} </code>}
          {words}
        </span>
      ))}
    </p>
  );
}

function Step({ children }: { readonly children: string }) {
  return (
    <span className="mr-1 inline-block rounded-xs border border-line-strong whitespace-nowrap px-1 text-2xs leading-4 text-ink-2">
      {children}
    </span>
  );
}

const forwardWords = {
  new: 'to execute the next operation:',
  known: 'to go on to',
  rest: 'to run the rest of',
} as const;

function Press({ session, views, focus }: Pick<Props, 'session' | 'views' | 'focus'>) {
  const { label, actor, kind, why } = forwardOf(session, views, focus);
  if (why !== undefined) {
    return (
      <p className="text-ink-2">
        The run ends here: {why}. Press{' '}
        <KeyOrButton shown={keyTable.back.shown} spoken="the left arrow key" button="Back" /> to go back and
        try another way.
      </p>
    );
  }
  return (
    <p className="text-ink">
      Press <KeyOrButton shown={keyTable.step.shown} spoken="the right arrow key" button="Step" />{' '}
      {forwardWords[kind]} <code className="font-mono font-semibold">{label}</code>
      {actor !== undefined && ` by ${actor}`}
    </p>
  );
}

interface KeyOrButtonProps {
  readonly shown: string;
  readonly spoken: string;
  readonly button: string;
}

/** Name the key; on a phone, which has none, and where single keys are off, the button. */
function KeyOrButton({ shown, spoken, button }: KeyOrButtonProps) {
  if (!useSingleKeys()) return <b>{button}</b>;
  return (
    <>
      <Kbd>{shown}</Kbd>
      <span className="sr-only max-md:hidden">{spoken}</span>
      <b className="md:hidden">{button}</b>
    </>
  );
}
