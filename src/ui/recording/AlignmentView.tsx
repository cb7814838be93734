import { figure } from '#base/figures.ts';
import { counted, verdicts, verdictWords } from '#trace/alignment-words.ts';
import type { Alignment, Verdict } from '#trace/questions.ts';
import { classes } from '../shared/classes.ts';
import { Mismatches } from './Mismatches.tsx';

interface Props {
  readonly alignment: Alignment;
  /** The chosen event. */
  readonly cursor: number;
}

const signs: Readonly<Record<Verdict, string>> = { explained: '✓', unexplained: '–', impossible: '✗' };

const inks: Readonly<Record<Verdict, string>> = {
  explained: 'text-good',
  unexplained: 'text-ink-3',
  impossible: 'text-danger',
};

/** A pattern beside the hue: solid, hatched, framed. */
const fills: Readonly<Record<Verdict, string>> = {
  explained: 'bg-good',
  unexplained:
    'bg-raised bg-[repeating-linear-gradient(135deg,var(--line-strong)_0_1px,transparent_1px_5px)]',
  impossible: 'bg-danger',
};

/** What became of a recording on one kernel: counts, mismatches, what is not modelled. */
export function AlignmentView({ alignment, cursor }: Props) {
  const { unmodelled } = alignment;
  return (
    <>
      <VerdictBar alignment={alignment} />
      <Mismatches alignment={alignment} cursor={cursor} />
      {unmodelled.length > 0 && (
        <details>
          <summary className="cursor-pointer text-ink-2">
            What the model does not speak of ({figure(unmodelled.length)})
          </summary>
          <ul className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-2xs">
            {unmodelled.map(({ what, count }) => (
              <li key={what} className="contents">
                <span className="text-right tabular-nums">{figure(count)}</span>
                <span className="font-mono text-ink-2 [overflow-wrap:anywhere]">{what}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Events by verdict: one bar, and the numbers. */
function VerdictBar({ alignment: { events, steps, assumed, undecided } }: { readonly alignment: Alignment }) {
  const shown = verdicts.filter((verdict) => events[verdict] > 0);
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-xs border border-line-strong">
        {shown.map((verdict) => (
          <span
            key={verdict}
            style={{ flexGrow: events[verdict] }}
            className={classes('min-w-1 border-panel not-first:border-l', fills[verdict])}
          />
        ))}
      </div>
      <dl aria-label="Events by verdict" className="flex flex-col gap-0.5">
        {verdicts.map((verdict) => (
          <div key={verdict} className="flex items-baseline gap-1.5">
            <span aria-hidden="true" className={classes('w-3 text-center', inks[verdict])}>
              {signs[verdict]}
            </span>
            <dt className="min-w-20 text-ink">{verdict}</dt>
            <dd className="flex min-w-0 flex-1 gap-2">
              <span className="min-w-14 text-right font-semibold tabular-nums">
                {figure(events[verdict])}
              </span>
              <span className="min-w-0 text-2xs text-ink-3">{verdictWords[verdict]}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-2xs text-ink-3">
        Events; {figure(steps)} steps, {figure(assumed)} operations of userspace assumed.
        {undecided > 0 && ` ${counted(undecided, 'step')} had too many possibilities to decide.`}
      </p>
    </div>
  );
}
