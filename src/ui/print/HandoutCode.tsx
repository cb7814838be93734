import { foldedAtFirst } from '#session/code-folding.ts';
import { comparisons, partingRows, spokenOf } from '#session/code-partings.ts';
import { codeView, shownRows } from '#session/code-view.ts';
import type { View } from '#session/derive.ts';
import { CodeLegend } from '../code/CodeLegend.tsx';
import { CodeLine } from '../code/CodeLine.tsx';

interface Props {
  readonly views: readonly View[];
  readonly focus: number;
}

/** The call tree of the operation at the cursor, kernel beside kernel, with every decision in it. */
export function HandoutCode({ views, focus }: Props) {
  const code = codeView(views);
  const compared = comparisons(code, focus);
  const partings = partingRows(compared);
  const folded = foldedAtFirst(code);
  const keep = spokenOf(compared);
  const { rows, foldable } = shownRows(code.rows, { density: 'decisions', folded, search: '', keep });
  const kernels = code.columns.map(({ id }) => id);
  if (rows.length === 0) return null;
  return (
    <table className="mt-4 w-full [--column:3.25rem] [--indent:5px]">
      <thead>
        <tr>
          <th className="flex items-end border-b border-line-strong text-left">
            <span className="flex-1 text-sm font-semibold">Code</span>
            {kernels.map((id) => (
              <span
                key={id}
                className="w-(--column) text-center font-mono text-2xs leading-[13px] [overflow-wrap:anywhere]"
              >
                {id.split(/(?=\+)/).map((part) => (
                  <span key={part} className="block">
                    {part}
                  </span>
                ))}
              </span>
            ))}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="break-inside-avoid">
            <td>
              <CodeLine
                row={row}
                kernels={kernels}
                parting={partings.get(row.index)}
                lit={'.'.repeat(kernels.length)}
                active={false}
                pointed={false}
                hunk={false}
                expanded={foldable.has(row.id) ? !folded.has(row.id) : undefined}
                open={false}
                context={false}
              />
            </td>
          </tr>
        ))}
        <tr>
          <td>
            <CodeLegend />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
