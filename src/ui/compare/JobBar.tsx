import { figure } from '#base/figures.ts';
import type { JobProgress } from '#explore/jobs.ts';
import { Button } from '../shared/Button.tsx';
import type { JobState } from './useJob.ts';

interface Props {
  readonly job: Omit<JobState<unknown>, 'result'>;
  /** What was done, once it is: a sentence without its figures. */
  readonly done: string;
}

const seconds = (took: number): string => `${(took / 1000).toFixed(2)} s`;

function farWords({ kernel, states, transitions }: JobProgress, took = 0): string {
  const where = kernel === undefined ? '' : `${kernel}: `;
  const rate = took > 0 ? `, ${seconds(took)}, ${figure(Math.round(transitions / took))},000 a second` : '';
  return `${where}${figure(states)} states, ${figure(transitions)} transitions${rate}`;
}

function lineOf({ state, progress, failure, took }: Props['job'], done: string): string {
  switch (state) {
    case 'running':
      return progress ? `Exploring ${farWords(progress, took)}` : 'Exploring';
    case 'stopped':
      return progress ? `Stopped at ${farWords(progress, took)}` : 'Stopped';
    case 'failed':
      return `It could not be explored: ${failure}`;
    case 'done':
      return took === undefined ? done : `${done} (${seconds(took)})`;
  }
}

/** Say how far the explorer is, with a way to stop it. */
export function JobBar({ job, done }: Props) {
  const { state, progress, stop, start } = job;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-ink-3">
      <p role="status" className="min-w-0 flex-1 tabular-nums [overflow-wrap:anywhere]">
        {lineOf(job, done)}
      </p>
      {state === 'running' && (
        <progress
          aria-label="Explorations done"
          value={progress?.done ?? 0}
          max={progress?.of ?? 1}
          className="h-1 w-24 appearance-none overflow-hidden rounded-xs bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
        />
      )}
      {state === 'running' && <Button onClick={stop}>Stop</Button>}
      {(state === 'stopped' || state === 'failed') && <Button onClick={start}>Start again</Button>}
    </div>
  );
}
