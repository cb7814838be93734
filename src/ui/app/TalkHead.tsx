import { mailLink } from '#kvm/links.ts';
import type { Standing } from '#scenarios/talks.ts';
import { aboutWords } from '#session/code-about.ts';
import type { About, Source } from '#program/talk.ts';
import { ExternalLink } from '../code/ExternalLink.tsx';
import { Button } from '../shared/Button.tsx';
import { Kbd } from '../shared/Kbd.tsx';
import { keyTable, shortcutsOf } from './keys.ts';
import type { StopMove } from './state.ts';

interface Props {
  readonly standing: Standing;
  readonly onStop: (to: StopMove) => void;
}

/** Where the talk stands: the stop, whose argument it tells, what it is about, and the ways to the others. */
export function TalkHead({ standing, onStop }: Props) {
  const { talk, index, stop, here, previous, next } = standing;
  return (
    <div
      role="group"
      aria-label="Talk"
      className="flex min-w-0 flex-col gap-0.5 md:w-[36%] md:overflow-y-auto"
    >
      <div className="flex shrink-0 items-center gap-1">
        <Button
          off={previous === undefined}
          label={here ? 'Previous stop' : 'Back to the stop'}
          title={keyTable.previousStop.title}
          shortcuts={shortcutsOf('previousStop')}
          onClick={() => onStop('previous')}
          className="h-6!"
        >
          <span aria-hidden="true">‹</span> {!here && 'Back to the stop '}
          <Kbd>{keyTable.previousStop.shown}</Kbd>
        </Button>
        <span className="px-1 font-mono text-2xs whitespace-nowrap text-ink-2">
          <span className="sr-only">Stop </span>
          {index + 1} / {talk.stops.length}
        </span>
        <Button
          tone="primary"
          off={next === undefined}
          label="Next stop"
          title={keyTable.nextStop.title}
          shortcuts={shortcutsOf('nextStop')}
          onClick={() => onStop('next')}
          className="h-6!"
        >
          <Kbd>{keyTable.nextStop.shown}</Kbd> <span aria-hidden="true">›</span>
        </Button>
        <span className="min-w-0 truncate text-2xs text-ink-2">{talk.title}</span>
      </div>
      <p className="font-medium text-ink">{stop.title ?? talk.title}</p>
      {stop.source && <Who source={stop.source} />}
      {stop.about && <AboutLine about={stop.about} />}
    </div>
  );
}

function Who({ source: { author, date, messageId } }: { readonly source: Source }) {
  return (
    <p className="text-2xs text-ink-2">
      {author}, <time dateTime={date}>{date}</time>
      {messageId !== undefined && (
        <>
          {', '}
          <ExternalLink link={{ ...mailLink(messageId), label: messageId }} name={`mail ${messageId}`} />
        </>
      )}
    </p>
  );
}

function AboutLine({ about }: { readonly about: About }) {
  const { code, words } = aboutWords(about);
  return (
    <p className="text-2xs text-ink-2">
      About <code className="font-mono text-ink">{code}</code> {words}
    </p>
  );
}
