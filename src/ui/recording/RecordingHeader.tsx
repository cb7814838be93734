import { figure } from '#base/figures.ts';
import { durationText } from '#trace/event-words.ts';
import type { RecordingSummary } from '#trace/questions.ts';
import { KeyButton } from '../app/KeyButton.tsx';
import type { KeyActions } from '../app/keys.ts';
import { Choice } from '../compare/Choice.tsx';
import { Button } from '../shared/Button.tsx';
import { bytesText } from './figures.ts';
import { closeRecording, lookAt, type OpenRecording } from './store.ts';

interface Props {
  readonly recording: OpenRecording;
  readonly actions: KeyActions;
  readonly onCounts: () => void;
  readonly onUnread: () => void;
}

/** What the recording is, what is missing in it, and the way back to the run. */
export function RecordingHeader({ recording, actions, onCounts, onUnread }: Props) {
  const { summary, look } = recording;
  const { lost } = summary;
  const unread = summary.unread.reduce((sum, { count }) => sum + count, 0);
  return (
    <header className="@container shrink-0 border-b border-line bg-panel px-3">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1 text-xs">
        <h1 className="text-base font-semibold tracking-tight">svmscope</h1>
        <h2 className="max-w-72 truncate font-mono text-xs font-semibold" title={summary.name}>
          {summary.name}
        </h2>
        <p className="text-ink-2 tabular-nums">{factsOf(summary)}</p>
        {(lost.places > 0 || lost.events > 0) && (
          <p className="rounded-sm border border-danger bg-danger-ground px-1.5 text-danger">
            <span aria-hidden="true">⚠ </span>
            {lostWords(lost)}
          </p>
        )}
        {summary.vcpus.length > 1 && <VcpuChoice summary={summary} vcpu={look.vcpu} />}
        <span className="ml-auto flex flex-wrap items-center gap-1">
          <Button opens="dialog" onClick={onCounts}>
            Counts
          </Button>
          <Button opens="dialog" onClick={onUnread} {...(unread > 0 ? { tone: 'primary' } : {})}>
            {unread === 0 ? 'Notes' : `${figure(unread)} unread ${unread === 1 ? 'line' : 'lines'}`}
          </Button>
          <KeyButton name="turnRecording" actions={actions}>
            To the run
          </KeyButton>
          <Button label="Close the recording" onClick={closeRecording}>
            Close
          </Button>
          <KeyButton name="open" actions={actions} label="Open a file" opens="dialog" tone="quiet">
            Open
          </KeyButton>
          <span className="max-md:hidden">
            <KeyButton name="sheet" actions={actions} label="All keys" opens="dialog" tone="quiet">
              Keys
            </KeyButton>
          </span>
        </span>
      </div>
    </header>
  );
}

/** Format, size, events, calls, and how long it lasted. */
function factsOf({
  format,
  fileBytes,
  textBytes,
  lines,
  events,
  calls,
  from,
  to,
  vcpus,
}: RecordingSummary): string {
  const size = fileBytes === textBytes ? bytesText(fileBytes) : `${bytesText(textBytes)} of text`;
  return [
    format,
    size,
    `${figure(lines)} lines`,
    `${figure(events)} events`,
    ...(calls > 0 ? [`${figure(calls)} calls`] : []),
    from === undefined || to === undefined ? 'no times' : durationText(to - from),
    `${vcpus.length} ${vcpus.length === 1 ? 'vCPU' : 'vCPUs'}`,
  ].join(' · ');
}

function lostWords({ places, events }: RecordingSummary['lost']): string {
  const where = `in ${figure(places)} ${places === 1 ? 'place' : 'places'}`;
  return events === 0 ? `Events were lost ${where}` : `At least ${figure(events)} events were lost ${where}`;
}

interface VcpuProps {
  readonly summary: RecordingSummary;
  readonly vcpu: number | undefined;
}

function VcpuChoice({ summary: { vcpus }, vcpu }: VcpuProps) {
  const options = vcpus.map(({ number, task, pid, events }, index) => {
    const thread = task === undefined ? '' : ` ${task}${pid === undefined ? '' : `-${pid}`}`;
    return { value: String(index), title: `${number}${thread} (${figure(events)})` };
  });
  return (
    <Choice
      label="vCPU"
      value={vcpu === undefined ? '' : String(vcpu)}
      options={[{ value: '', title: 'all' }, ...options]}
      onChange={(value) => lookAt({ vcpu: value === '' ? undefined : Number(value) })}
    />
  );
}
