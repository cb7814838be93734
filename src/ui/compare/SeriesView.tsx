import { useId, useState, type KeyboardEvent } from 'react';

import type { DiffGroup } from '#explore/diff.ts';
import { offeredSeries, type SeriesPoint } from '#explore/series.ts';
import { brokenWords } from '#explore/words.ts';
import { classes } from '../shared/classes.ts';
import { Choice } from './Choice.tsx';
import { DiffCard } from './DiffCard.tsx';
import { JobBar } from './JobBar.tsx';
import type { OpenWitness } from './open.ts';
import { useJob } from './useJob.ts';
import { VerdictList } from './VerdictList.tsx';

interface Props {
  readonly onOpen: OpenWitness;
}

const offers = offeredSeries();
const listed = (ids: readonly string[]): string => ids.join(', ');

/** The patches of a series one after the other: which one flips what, and whether each point is sane. */
export function SeriesView({ onOpen }: Props) {
  const [id, setId] = useState(offers[0]!.id);
  const offer = offers.find((one) => one.id === id)!;
  const [chosen, setAt] = useState<number>();
  const job = useJob<'series'>({ kind: 'series', kernels: offer.points });
  const at = chosen ?? firstTelling(job.result);
  const point = job.result?.[at];
  return (
    <div className="flex flex-col gap-3 p-3">
      <Choice
        label="Series"
        value={id}
        options={offers.map((one) => ({ value: one.id, title: one.title }))}
        onChange={(other) => {
          setId(other);
          setAt(undefined);
        }}
        mono={false}
      />
      <JobBar job={job} done="Every point checked, and compared with the one before" />
      {job.result && point && (
        <>
          <Points points={job.result} at={at} onAt={setAt} />
          <Point key={point.kernel} points={job.result} point={point} onOpen={onOpen} />
        </>
      )}
    </div>
  );
}

/** The first point that breaks something, or the last. */
function firstTelling(points: readonly SeriesPoint[] = []): number {
  const broken = points.findIndex(({ sane }) => !sane);
  return broken < 0 ? points.length - 1 : broken;
}

interface PointsProps {
  readonly points: readonly SeriesPoint[];
  readonly at: number;
  readonly onAt: (at: number) => void;
}

/** The scrubber: one stop a patch. */
function Points({ points, at, onAt }: PointsProps) {
  const name = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { Home: 0, End: points.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onAt(to);
  };
  return (
    <fieldset className="overflow-x-auto">
      <legend className="sr-only">Point of the series</legend>
      <div className="flex min-w-max" role="presentation" onKeyDown={onKeyDown}>
        {points.map(({ kernel, added, sane, flips, breaks }, index) => (
          <label
            key={kernel}
            className={classes(
              'relative flex min-w-32 flex-1 cursor-pointer flex-col items-center gap-0.5 rounded-sm border px-2 py-1.5 text-2xs has-focus-visible:outline-2',
              index === at ? 'border-accent bg-accent-ground' : 'border-transparent hover:bg-raised',
            )}
          >
            <span className="font-mono font-semibold text-ink">{added ? `+${added.id}` : kernel}</span>
            <span aria-hidden="true" className="flex w-full items-center">
              <span className={classes('h-px flex-1', index === 0 ? 'bg-transparent' : 'bg-line-strong')} />
              <span
                className={classes(
                  'flex size-5 items-center justify-center rounded-full border text-2xs',
                  sane ? 'border-good text-good' : 'border-danger bg-danger-ground text-danger',
                )}
              >
                {sane ? '✓' : '✗'}
              </span>
              <span
                className={classes(
                  'h-px flex-1',
                  index === points.length - 1 ? 'bg-transparent' : 'bg-line-strong',
                )}
              />
            </span>
            <span className="text-ink-2">
              {added ? `${flips.length} ${flips.length === 1 ? 'flip' : 'flips'}` : 'the base'}
              {sane ? '' : `, breaks ${listed(breaks)}`}
            </span>
            <input
              type="radio"
              name={name}
              checked={index === at}
              onChange={() => onAt(index)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
          </label>
        ))}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 text-2xs text-ink-3">
        <span>✓ breaks no promise that the point before keeps</span>
        <span>✗ breaks one</span>
      </p>
    </fieldset>
  );
}

interface PointProps {
  readonly points: readonly SeriesPoint[];
  readonly point: SeriesPoint;
  readonly onOpen: OpenWitness;
}

function saneWords({ breaks, mends, added, verdict }: SeriesPoint): string {
  const whole = `${verdict.kernel} as a whole ${brokenWords(verdict)}.`;
  if (!added) return `The base of the series. ${whole}`;
  const parts = [
    ...(breaks.length > 0 ? [`breaks ${listed(breaks)}`] : []),
    ...(mends.length > 0 ? [`mends ${listed(mends)}`] : []),
  ];
  if (parts.length === 0) return `It breaks and mends nothing. ${whole}`;
  return `It ${parts.join(' and ')}. ${whole}`;
}

/** What one patch does: who wrote it, which promises it breaks or mends, which behaviours it flips. */
function Point({ points, point, onOpen }: PointProps) {
  const { kernel, added, flips, others, verdict } = point;
  const before = points[points.indexOf(point) - 1]?.kernel;
  const open = (group: DiffGroup): void => onOpen(group.witness, before ? [before, kernel] : [kernel]);
  const hidden = others.register + others.path;
  return (
    <section aria-label={`At ${kernel}`} className="flex flex-col gap-2 text-xs text-ink-2">
      <h3 className="text-base font-semibold text-ink">{added ? added.subject : kernel}</h3>
      <p className="text-ink">{saneWords(point)}</p>
      {added && (
        <p>
          {added.author}, {added.date}. From <span className="font-mono">{before}</span> to{' '}
          <span className="font-mono">{kernel}</span>
          {hidden > 0 &&
            `; ${hidden} more ${hidden === 1 ? 'cause changes' : 'causes change'} nothing that a report shows`}
          .
        </p>
      )}
      <VerdictList verdict={verdict} only={[...point.breaks]} onOpen={onOpen} />
      {before !== undefined && flips.length > 0 && (
        <ol aria-label="Behaviours that it flips" className="flex flex-col gap-2">
          {flips.map((group) => (
            <DiffCard
              key={`${group.cause.fn} ${group.cause.test}`}
              group={group}
              kernels={[before, kernel]}
              onOpen={() => open(group)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
