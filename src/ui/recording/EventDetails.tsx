import { figure } from '#base/figures.ts';
import { eventFields, timeText } from '#trace/event-words.ts';
import type { EventRow } from '#trace/questions.ts';
import { laneMarks } from './lane-marks.ts';
import type { OpenRecording } from './store.ts';
import { useAsked } from './useAsked.ts';

interface Props {
  readonly recording: OpenRecording;
  readonly row: EventRow | undefined;
}

/** The chosen event: its line as it stands in the file, and what was read of it. */
export function EventDetails({ recording: { key, questions, summary }, row }: Props) {
  const event = row?.event;
  const line = useAsked({
    key: `${key} ${event?.offset}`,
    ask: () => (event ? questions.text(event.offset, 1) : Promise.resolve([])),
  });
  const vcpu = event?.vcpu === undefined ? undefined : summary.vcpus[event.vcpu]?.number;
  return (
    <section
      aria-label="The chosen event"
      className="max-h-56 shrink-0 overflow-y-auto border-t border-line bg-panel p-1.5 text-2xs"
      // It scrolls, and must do so by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {row && event ? (
        <>
          <p className="mb-1 text-ink-2">
            Event {figure(row.index + 1)} of {figure(summary.events)}, line {figure(event.line)}
          </p>
          <pre className="mb-1.5 border border-line bg-raised p-1 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap text-ink">
            {line.value?.join('\n') ?? line.failure ?? '…'}
          </pre>
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 font-mono">
            <Fact name="event" value={event.name} />
            <Fact name="time" value={timeText(event.time) || undefined} />
            <Fact name="vCPU" value={vcpu === undefined ? undefined : String(vcpu)} unknown="not known" />
            <Fact
              name="processor with"
              value={row.lane === 'unknown' ? undefined : laneMarks[row.lane].name}
              unknown="not known"
            />
            {eventFields(event.args).map(({ name, value }) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        </>
      ) : (
        <p className="text-ink-3">…</p>
      )}
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string | undefined;
  /** What is said in place of a value. */
  readonly unknown?: string;
}

function Fact({ name, value, unknown = 'not printed' }: FactProps) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere] text-ink">
        {value ?? <i className="text-ink-3">{unknown}</i>}
      </dd>
    </>
  );
}
