import { fitWords } from '#source/c/fit.ts';
import { Button } from '../shared/Button.tsx';
import { closeSource } from './open.ts';
import type { OpenSource } from './store.ts';

interface Props {
  readonly source: OpenSource;
  /** The kernel that is shown. */
  readonly kernel: string;
}

const namesShown = 3;

/** Name the files that are open and say which kernel they look like. */
export function SourceHead({ source: { opened, fits }, kernel }: Props) {
  const { names } = opened;
  const rest = names.length - namesShown;
  return (
    <div className="flex shrink-0 items-start gap-2 border-b border-line px-2 py-1.5 text-xs">
      <div className="min-w-0 flex-1">
        <p className="font-mono text-2xs [overflow-wrap:anywhere] text-ink-2" title={names.join('\n')}>
          {names.slice(0, namesShown).join(', ')}
          {rest > 0 && ` and ${rest} more`}
        </p>
        <p className="text-ink-2" aria-live="polite">
          {fits ? fitWords(fits, kernel) : 'Finding out which kernel this looks like …'}
        </p>
      </div>
      <Button onClick={closeSource}>Close source</Button>
    </div>
  );
}
