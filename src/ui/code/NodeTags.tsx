import type { PartingRow } from '#session/code-partings.ts';
import type { TreeRow } from '#session/code-view.ts';

interface Props {
  readonly row: TreeRow;
  readonly parting: PartingRow | undefined;
  /** How many kernels the table has. */
  readonly shown: number;
  /** Not run, or not yet. */
  readonly pale: boolean;
}

const tag =
  'mr-1 inline-block max-w-full rounded-sm border px-1 align-[1px] font-sans text-[10px] leading-[13px]';

const authorities = {
  apm: { text: 'APM', title: 'required by the APM' },
  choice: { text: 'undef', title: "left undefined by the APM, KVM's choice" },
} as const;

/** The state changes that an effect had, on whichever kernel it ran. */
function eventsOf({ cells, kind }: TreeRow): readonly string[] {
  if (kind !== 'effect') return [];
  const events = cells.flatMap((cell) => (cell?.run?.kind === 'node' ? cell.run.events : []));
  return [...new Set(events.flatMap((event) => (event.type === 'WRITE' ? [] : [event.type])))];
}

function partWords({ kind, kernels }: PartingRow, shown: number): string {
  if (kind === 'arranged') return 'code differs, effects do not';
  if (kind === 'decides') return `decides in ${kernels.join(', ')}`;
  return shown === 2 ? 'they part here' : `${kernels.join(', ')} part${kernels.length === 1 ? 's' : ''} here`;
}

/** Tag a node: where kernels part, what it did to the chart, on whose word it stands, whose patch it is. */
export function NodeTags({ row, parting, shown, pale }: Props) {
  const { node, kind, newMarks } = row;
  const authority = node?.by === undefined || node.by === 'kvm' ? undefined : authorities[node.by];
  const run = row.cells.find((cell) => cell?.run)?.run;
  const unsure = node?.mark ?? (run?.kind === 'call' ? run.fn.mark : undefined);
  return (
    <>
      {' '}
      {kind === 'effect' &&
        eventsOf(row).map((event) => (
          <span
            key={event}
            className={`${tag} ${pale ? 'border-line-strong text-ink-3' : 'border-kvm/60 bg-kvm-ground text-kvm'}`}
          >
            {event.toLowerCase().replaceAll('_', ' ')}
          </span>
        ))}
      {authority && (
        <span
          className={`${tag} ${node?.by === 'choice' ? 'border-dashed border-ink-3 text-ink-2' : 'border-line-strong text-ink-3'}`}
          title={authority.title}
        >
          {authority.text}
        </span>
      )}
      {unsure && <span className={`${tag} border-transparent text-ink-3 italic`}>{unsure}</span>}
      {newMarks.map(({ sign, patch, moved }) => (
        <span
          key={sign + patch}
          className={`${tag} ${moved === undefined ? (sign === '+' ? 'border-added text-added' : 'border-removed text-removed') : 'border-line-strong text-ink-2'}`}
        >
          {sign === '+' ? '+' : '−'}
          {patch}
          {moved === undefined ? '' : sign === '+' ? `, from ${moved}()` : `, to ${moved}()`}
        </span>
      ))}
      {parting && (
        <span
          className={`${tag} font-semibold ${parting.kind === 'parts' ? 'border-ink bg-ink text-panel' : 'border-ink-3 text-ink-2'}`}
        >
          {partWords(parting, shown)}
        </span>
      )}
    </>
  );
}
