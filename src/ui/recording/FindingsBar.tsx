import { figure } from '#base/figures.ts';
import { lineWords } from '#trace/alignment-words.ts';
import type { Finding, Findings } from '#trace/questions.ts';
import type { PageWidth } from '../app/useMedia.ts';
import { Button } from '../shared/Button.tsx';
import { lookAt } from './store.ts';

interface Props {
  readonly findings: Findings | undefined;
  /** The chosen event. */
  readonly cursor: number;
  readonly width: PageWidth;
}

const titles: Readonly<Record<Finding['kind'], string>> = {
  'l2-runs-as-l1': 'The SVME bug: L2’s code runs as L1',
};

/** What was recognised in the events, whichever kernel made them: that at the cursor, else the first. */
export function FindingsBar({ findings, cursor, width }: Props) {
  const [first] = findings?.list ?? [];
  if (!findings || !first) return null;
  const { list, count } = findings;
  const at = list.findIndex(({ from, to }) => from <= cursor && cursor <= to);
  const shown = list[at] ?? first;
  const before = list.findLast(({ to }) => to < cursor);
  const next = list.find(({ from }) => from > cursor);
  // Where there is room for one panel, that of the events shows where one has come to.
  const goTo = ({ from }: Finding): void =>
    lookAt({ cursor: from, ...(width === 'narrow' && { tab: 'events' }) });
  return (
    <section
      aria-label="Findings"
      className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-1 border-b border-danger bg-danger-ground px-3 py-1 text-xs"
    >
      <div className="min-w-0 flex-1 basis-72 py-1">
        <h3 className="inline font-semibold text-danger">
          <span aria-hidden="true">⚠ </span>
          {titles[shown.kind]}
        </h3>
        <p className="inline text-ink"> {shown.words}</p>
      </div>
      <div className="flex shrink-0 items-center gap-1">
        {count > 1 && (
          <span className="text-2xs text-ink-2 tabular-nums">{placeWords(at, list.length, count)}</span>
        )}
        <Button onClick={() => goTo(shown)}>Go to {lineWords([shown.lines[0], shown.lines[0]])}</Button>
        {count > 1 && (
          <>
            <Button label="Finding before the cursor" off={!before} onClick={() => before && goTo(before)}>
              ‹
            </Button>
            <Button label="Finding after the cursor" off={!next} onClick={() => next && goTo(next)}>
              ›
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function placeWords(at: number, listed: number, count: number): string {
  const all = at < 0 ? `${figure(count)} of them` : `${figure(at + 1)} of ${figure(count)}`;
  return listed < count ? `${all}; the first ${figure(listed)} are listed` : all;
}
