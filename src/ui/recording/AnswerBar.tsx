import { farWords } from '#trace/alignment-words.ts';
import { Button } from '../shared/Button.tsx';
import type { Answer } from './useAsked.ts';

interface Props {
  readonly answer: Omit<Answer<unknown>, 'value'>;
  /** What is being done, such as 'Aligning'. */
  readonly doing: string;
  /** Bytes in all, where progress does not tell. */
  readonly bytes: number;
}

/** Say how far an answer is, with a way to stop asking. Nothing once it is there. */
export function AnswerBar({ answer: { state, progress, failure, stop, start }, doing, bytes }: Props) {
  if (state === 'done' || state === 'idle') return null;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-ink-3">
      <p role="status" className="min-w-0 flex-1 tabular-nums [overflow-wrap:anywhere]">
        {state === 'asking' && `${doing} … ${farWords(progress)}`}
        {state === 'stopped' && `Stopped ${farWords(progress)}`}
        {state === 'failed' && `It could not be done: ${failure}`}
      </p>
      {state === 'asking' && (
        <>
          {progress && (
            <progress
              aria-label={doing}
              value={progress.bytes}
              max={Math.max(progress.of ?? bytes, 1)}
              className="h-1 w-24 appearance-none overflow-hidden rounded-xs bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
            />
          )}
          <Button onClick={stop}>Stop</Button>
        </>
      )}
      {(state === 'stopped' || state === 'failed') && <Button onClick={start}>Start again</Button>}
    </div>
  );
}
