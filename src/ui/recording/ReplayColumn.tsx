import type { EventRow, Lane, Told } from '#trace/questions.ts';
import { Split } from '../app/Split.tsx';
import { lanesReach, RecordingLanes } from './RecordingLanes.tsx';
import { ReplayChart } from './ReplayChart.tsx';
import type { Mark } from './marks.ts';
import { lookAt, type OpenRecording } from './store.ts';
import { useAsked, useLast } from './useAsked.ts';

interface Props {
  readonly recording: OpenRecording;
  /** The event at the cursor; undefined while it is fetched. */
  readonly row: EventRow | undefined;
  readonly marks: readonly Mark[];
}

/** Buckets of the picture of the whole recording: about one to a pixel. */
const buckets = 600;

/** What the chart and the lanes show at the cursor. */
interface Moment {
  readonly row: EventRow | undefined;
  readonly told: Told;
  readonly before: Told;
  readonly rows: readonly EventRow[];
  readonly after: Lane;
}

const nothingTold: Moment = { row: undefined, told: {}, before: {}, rows: [], after: 'unknown' };

const onCursor = (cursor: number): void => lookAt({ cursor });

/** The chart and the lanes at the cursor, and the scrubber of the whole recording. */
export function ReplayColumn({ recording, row, marks }: Props) {
  const { key, questions, summary, look } = recording;
  const { cursor } = look;
  const vcpu = look.vcpu ?? row?.event.vcpu;
  const overview = useAsked({
    key: `${key} ${look.vcpu}`,
    ask: () => questions.overview(look.vcpu, 0, summary.events, buckets),
  });
  const asked = useAsked({
    key: `${key} ${cursor} ${vcpu}`,
    ask: () => momentAt(recording, vcpu),
  });
  const moment = useLast(asked.value) ?? nothingTold;
  const chart = (
    <ReplayChart
      told={moment.told}
      before={moment.before}
      row={moment.row}
      vcpu={vcpu === undefined ? undefined : summary.vcpus[vcpu]?.number}
    />
  );
  const lanes = (
    <RecordingLanes
      overview={overview.value}
      events={summary.events}
      cursor={cursor}
      row={row}
      marks={marks}
      rows={moment.rows}
      after={moment.after}
      onCursor={onCursor}
    />
  );
  return (
    <Split
      id="recording-centre"
      direction="column"
      panes={[
        { id: 'chart', label: 'Chart', size: 64, min: 15, content: chart },
        { id: 'lanes', label: 'Lanes', size: 36, min: 15, content: lanes },
      ]}
    />
  );
}

/** What is known at the cursor, of one vCPU. */
async function momentAt({ questions, look }: OpenRecording, vcpu: number | undefined): Promise<Moment> {
  const { cursor } = look;
  const from = Math.max(cursor - lanesReach, 0);
  const [around, told, before] = await Promise.all([
    questions.rows(from, cursor - from + lanesReach + 2),
    vcpu === undefined ? {} : questions.told(vcpu, cursor),
    vcpu === undefined || cursor === 0 ? {} : questions.told(vcpu, cursor - 1),
  ]);
  const of = around.filter(({ event }) => vcpu === undefined || event.vcpu === vcpu);
  const row = around.find(({ index }) => index === cursor);
  // The last one is there to tell who had the processor after those before it.
  return { row, told, before, rows: of.slice(0, -1), after: of.at(-1)?.lane ?? 'unknown' };
}
