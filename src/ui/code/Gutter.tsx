import type { PartingRow } from '#session/code-partings.ts';
import type { TreeRow } from '#session/code-view.ts';
import type { RowMark } from '#session/patch-marks.ts';

interface Props {
  readonly row: TreeRow;
  readonly parting: PartingRow | undefined;
  /** A hunk that the visitor chose ties to the row. */
  readonly hunk: boolean;
}

const partingSigns: Readonly<Record<PartingRow['kind'], string>> = {
  parts: '◆',
  decides: '◆',
  arranged: '◇',
};

function markWords({ sign, patch, moved }: RowMark): string {
  if (moved === undefined) return sign === '+' ? `added by ${patch}` : `removed by ${patch}`;
  return sign === '+' ? `moved by ${patch} from ${moved}()` : `moved by ${patch} to ${moved}()`;
}

/** Mark a row as in a diff, where kernels part, and what a hunk of the visitor's ties to. */
export function Gutter({ row, parting, hunk }: Props) {
  return (
    <>
      {hunk && (
        <span className="absolute inset-y-0 left-0 w-1 bg-accent" title="the chosen hunk ties to it">
          <span className="sr-only">in the hunk:</span>
        </span>
      )}
      <Marks row={row} parting={parting} />
    </>
  );
}

function Marks({ row: { marks, has }, parting }: Pick<Props, 'row' | 'parting'>) {
  const [mark] = marks;
  const uneven = !mark && has.includes(true) && has.includes(false);
  if (!parting && !mark && !uneven) return null;
  const sign = mark?.sign ?? (uneven ? '≠' : '');
  const colour =
    !mark || mark.moved !== undefined ? 'text-ink-3' : mark.sign === '+' ? 'text-added' : 'text-removed';
  const words = marks.map(markWords).join('; ');
  return (
    <span
      className="absolute top-0 left-0 flex w-7 font-mono text-xs leading-[1.375rem] font-bold"
      title={words}
    >
      <span aria-hidden className="w-3.5 text-center text-ink">
        {parting && partingSigns[parting.kind]}
      </span>
      <span aria-hidden className={`w-3.5 text-center ${colour}`}>
        {sign === '-' ? '−' : sign}
      </span>
      {words !== '' && <span className="sr-only">{words}:</span>}
    </span>
  );
}
