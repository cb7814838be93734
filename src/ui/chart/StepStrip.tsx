import { chartRegions } from '#session/chart-graph.ts';
import type { View } from '#session/derive.ts';
import type { ChartMoves } from '#session/passages.ts';
import { labelOf } from '#session/possible.ts';
import { Prose } from '../shared/Prose.tsx';
import { warnWords } from './meanings.ts';
import { WarnSign } from './WarnSign.tsx';

interface Props {
  readonly focused: View;
  readonly moves: ChartMoves;
}

/** Say in words what the last step did to the chart, and which WARNs fired. */
export function StepStrip({ focused, moves }: Props) {
  const { made, idle } = focused.derived;
  const changes = changedRegions(moves);
  return (
    <>
      <div className="flex flex-wrap gap-x-3 text-ink-2">
        {made ? (
          <p>
            <span className="font-mono font-semibold text-ink">{labelOf(made.step.op)}</span> on{' '}
            <span className="font-mono text-ink">{focused.kernel}</span>
            {changes.length === 0 ? ' has changed no state so far.' : ':'}
          </p>
        ) : (
          <p>{idle ?? 'The vCPU as the program finds it.'}</p>
        )}
        {changes.length > 0 && (
          <ul aria-label="Changed in this step" className="contents">
            {changes.map(({ name, states }) => (
              <li key={name} className="font-mono whitespace-nowrap text-ink">
                <span className="text-ink-3">{name}</span> {states.join(' → ')}
              </li>
            ))}
          </ul>
        )}
      </div>
      {moves.warned.map((id) => (
        <p key={id} className="flex items-center gap-1 text-danger">
          <svg aria-hidden="true" width="9" height="9">
            <WarnSign broken />
          </svg>
          <span>
            WARN, {id} broken: <Prose>{warnWords[id]}</Prose>
          </span>
        </p>
      ))}
      {changes.length === 0 && <p className="text-ink-3">A state says what it means when you choose it.</p>}
    </>
  );
}

function changedRegions({
  taken,
}: ChartMoves): readonly { readonly name: string; readonly states: readonly string[] }[] {
  return chartRegions.flatMap(({ name }) => {
    const own = taken.filter(({ id, from, to }) => from !== to && id.startsWith(`${name}.`));
    const first = own[0];
    return first ? [{ name, states: [first.from, ...own.map(({ to }) => to)] }] : [];
  });
}
