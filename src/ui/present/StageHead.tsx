import { standingOf, type Standing } from '#scenarios/talks.ts';
import type { View } from '#session/derive.ts';
import type { Presenting } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { forwardOf, summaryOf } from '#session/summary.ts';
import { keyTable } from '../app/keys.ts';
import { Markdown } from '../shared/Markdown.tsx';

interface Props {
  readonly session: Session;
  readonly views: readonly View[];
  readonly focus: number;
  readonly presenting: Presenting;
}

/** The head of the stage: what is told on the left, what came of it on each kernel on the right. */
export function StageHead(props: Props) {
  const { session, views, presenting } = props;
  const standing = standingOf(session);
  const { title } = summaryOf(session, views);
  // What is told of the talk's own way is not said of another.
  const told = standing?.here ? standing.stop : undefined;
  return (
    <header className="grid shrink-0 border-b border-line bg-panel md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <section aria-label="Told" className="flex min-h-24 flex-col gap-1 px-4 py-2.5">
        <h1 className="truncate text-xs text-ink-2">
          {standing?.talk.title ?? session.program.title}
          {standing && ` · ${standing.index + 1} / ${standing.talk.stops.length}`}
          {told?.source && ` · ${told.source.author}, ${told.source.date}`}
        </h1>
        {told?.title !== undefined && <p className="text-lg leading-snug font-semibold">{told.title}</p>}
        <div className="max-h-40 overflow-y-auto text-base leading-snug">
          {told ? <Markdown>{told.text}</Markdown> : <Away standing={standing} title={title} />}
        </div>
      </section>
      {presenting.covered ? <Question {...props} /> : <Outcome {...props} />}
    </header>
  );
}

/** Off the talk's way: what was done, and how to come back. */
function Away({ standing, title }: { readonly standing: Standing | undefined; readonly title: string }) {
  return (
    <>
      <code className="font-mono">{title}</code>
      {standing && (
        <p className="mt-1 text-xs text-ink-2">
          Another way than the talk’s. {keyTable.previousStop.shown} returns to stop {standing.index + 1}.
        </p>
      )}
    </>
  );
}

/** What the operation at the cursor came to. */
function Outcome({ session, views }: Props) {
  const { title, lines } = summaryOf(session, views);
  return (
    <section
      aria-label="What came of it"
      className="flex flex-col gap-1 border-line bg-raised px-4 py-2.5 max-md:border-t md:border-l"
    >
      <p className="truncate font-mono text-base font-semibold">{title}</p>
      <ul className="flex flex-col gap-1 text-base leading-snug">
        {lines.map(({ kernels, words }) => (
          <li key={words}>
            <b className="font-mono font-semibold text-accent">{kernels.join(', ')}:</b> {words}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the audience is asked to predict. */
function Question({ session, views, focus }: Props) {
  const { label, actor } = forwardOf(session, views, focus);
  return (
    <section
      aria-label="Predict"
      className="flex flex-col justify-center gap-1 border-l-4 border-accent bg-accent-ground px-4 py-2.5"
    >
      <p className="text-lg leading-snug font-semibold">
        What does each kernel do? <span className="font-normal text-ink-2">Predict, then press on.</span>
      </p>
      <p className="text-base">
        <code className="font-mono font-semibold">{label}</code>
        {actor !== undefined && ` by ${actor}`} on{' '}
        {views.map(({ kernel }, index) => (
          <span key={kernel}>
            {index > 0 && (index === views.length - 1 ? ' and ' : ', ')}
            <code className="font-mono font-semibold">{kernel}</code>
          </span>
        ))}
      </p>
    </section>
  );
}
