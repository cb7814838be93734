import type { PartingRow } from '#session/code-partings.ts';
import type { TreeRow } from '#session/code-view.ts';
import { eventsOf, partingTag, patchTag } from '#session/row-tags.ts';

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
            {event}
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
      {newMarks.map((mark) => (
        <span
          key={mark.sign + mark.patch}
          className={`${tag} ${mark.moved === undefined ? (mark.sign === '+' ? 'border-added text-added' : 'border-removed text-removed') : 'border-line-strong text-ink-2'}`}
        >
          {patchTag(mark)}
        </span>
      ))}
      {parting && (
        <span
          className={`${tag} font-semibold ${parting.kind === 'parts' ? 'border-ink bg-ink text-panel' : 'border-ink-3 text-ink-2'}`}
        >
          {partingTag(parting, shown)}
        </span>
      )}
    </>
  );
}
