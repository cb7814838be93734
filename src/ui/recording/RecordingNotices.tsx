import { Notice } from '../app/Notice.tsx';
import { Button } from '../shared/Button.tsx';
import { importWords } from './figures.ts';
import { changeRecordings, closeRecording, showRecording, useRecordings, type Importing } from './store.ts';

/** Say how far an import is, why one failed, and that a recording is open behind the run. */
export function RecordingNotices() {
  const { importing, failed, open, shown } = useRecordings();
  return (
    <>
      {importing && <ImportBar importing={importing} />}
      {failed !== undefined && (
        <Notice onDismiss={() => changeRecordings({ failed: undefined })}>{failed}</Notice>
      )}
      {open && !shown && (
        <Bar>
          <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            The recording {open.summary.name} is open behind the run.
          </p>
          <Button onClick={() => showRecording(true)}>Back to the recording</Button>
          <Button tone="quiet" onClick={closeRecording}>
            Close it
          </Button>
        </Bar>
      )}
    </>
  );
}

function ImportBar({ importing: { name, progress, took, stop } }: { readonly importing: Importing }) {
  return (
    <Bar>
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere] tabular-nums">
        Reading {name}: {importWords(progress, took)}
      </p>
      <progress
        aria-label={`Reading ${name}`}
        value={progress.bytes}
        max={progress.of ?? Math.max(progress.bytes, 1)}
        className="h-1 w-24 appearance-none overflow-hidden rounded-xs bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
      />
      <Button onClick={stop}>Stop</Button>
    </Bar>
  );
}

function Bar({ children }: { readonly children: React.ReactNode }) {
  return (
    <div
      role="region"
      aria-label="Recording"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-raised px-3 py-0.5 text-xs"
    >
      {children}
    </div>
  );
}
