import { codeView, type CodeView, type TreeRow } from './code-view.ts';
import { viewsAt } from './derive.ts';
import { clearsSvme, visited } from './visited.testing.ts';

/** The table of L2's write of EFER, on these kernels. */
export function tableOf(...kernels: readonly string[]): CodeView {
  return codeView(viewsAt(visited(2, clearsSvme, kernels)));
}

/** Rows as a reader sees them: a letter for how each kernel fared, and the text. */
export function written(rows: readonly TreeRow[]): readonly string[] {
  return rows.map(({ text, cells }) => {
    const fared = cells.map((cell) =>
      cell ? (cell.state === 'skipped' ? '-' : cell.value === 0 ? 'F' : 'T') : ' ',
    );
    return `${fared.join('')} ${text}`;
  });
}
