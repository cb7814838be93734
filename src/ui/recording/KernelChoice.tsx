import { rankedKernelIds } from '#trace/align/rank.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import { AnswerBar } from './AnswerBar.tsx';
import type { ConformanceProps } from './Conformance.tsx';
import { RankingTable } from './RankingTable.tsx';
import { lookAt } from './store.ts';

type Props = Pick<ConformanceProps, 'recording' | 'held'>;

const onKernel = (kernel: string): void => lookAt({ kernel });

/** Choose the kernel to hold the recording against, or find out which explains it best. */
export function KernelChoice({ recording: { summary, look }, held: { ranking } }: Props) {
  const { kernel } = look;
  if (ranking.value) return <RankingTable ranking={ranking.value} kernel={kernel} onKernel={onKernel} />;
  return (
    <div className="flex flex-col gap-2">
      {ranking.state === 'idle' ? (
        <>
          {kernel === undefined && (
            <p className="text-ink-2">
              What was recorded is held against what the model does: which events a kernel explains, and where
              it would have done something else.
            </p>
          )}
          <div>
            <Button tone="primary" onClick={ranking.start}>
              Which kernel explains this best?
            </Button>
          </div>
        </>
      ) : (
        <AnswerBar
          answer={ranking}
          doing={`Aligning with ${rankedKernelIds.length} kernels`}
          bytes={summary.textBytes}
        />
      )}
      <h3 className="text-2xs text-ink-2">{kernel === undefined ? 'Or hold it against one' : 'Kernel'}</h3>
      <div role="group" aria-label="Kernel" className="flex flex-wrap gap-1">
        {rankedKernelIds.map((id) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === kernel}
            onClick={() => onKernel(id)}
            className={classes(
              'h-7 cursor-pointer rounded-sm border px-1.5 font-mono text-xs whitespace-nowrap',
              id === kernel
                ? 'border-accent bg-accent-ground font-semibold text-accent'
                : 'border-line bg-panel text-ink hover:border-line-strong hover:bg-raised',
            )}
          >
            {id}
          </button>
        ))}
      </div>
    </div>
  );
}
