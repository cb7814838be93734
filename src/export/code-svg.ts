import { foldedAtFirst } from '#session/code-folding.ts';
import { comparisons, partingRows, spokenOf, type Comparison } from '#session/code-partings.ts';
import { codeView, shownRows } from '#session/code-view.ts';
import type { Density } from '#session/page-look.ts';
import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { summaryOf } from '#session/summary.ts';
import {
  box,
  codeRow,
  escaped,
  font,
  mono,
  monoAdvance,
  rowHeight,
  rowWidth,
  sansAdvance,
  words,
  type Palette,
} from './code-svg-row.ts';
import { wrap } from './wrap.ts';

/** What of the comparison is drawn, and how. */
export interface CodePicture {
  readonly session: Session;
  readonly views: readonly View[];
  /** The kernel that the others are held against. */
  readonly focus: number;
  readonly density: Density;
  readonly palette: Palette;
}

const pad = 12;
const lineHeight = 17;
const leastFirst = 420;
const leastColumn = 48;

/** Lines of the head with the height that they take together. */
interface Head {
  readonly drawn: readonly string[];
  readonly height: number;
}

/** Sentences in lines as wide as the picture, those at which kernels part on their own ground. */
function headOf(picture: CodePicture, compared: readonly Comparison[], width: number): Head {
  const { session, views, palette } = picture;
  const { title, lines } = summaryOf(session, views);
  const drawn: string[] = [];
  let y = 0;
  const line = (text: string, bold: boolean, fill = palette.ink): void => {
    drawn.push(words(0, y + 12, text, { fill, bold, sans: true }));
    y += lineHeight;
  };
  const room = Math.floor((width - 24) / (font * sansAdvance));
  line(title, true);
  line(session.program.title, false, palette['ink-2']);
  y += 4;
  for (const { parting, words: sentence } of compared) {
    const parts = wrap(sentence.replaceAll('`', ''), room);
    const ground = parting.kind === 'parts' ? palette['part-ground'] : palette.panel;
    drawn.push(box(0, y, width, parts.length * lineHeight + 4, ground));
    drawn.push(words(10, y + 14, signs[parting.kind], { fill: palette.ink, middle: true }));
    for (const [index, part] of parts.entries())
      drawn.push(words(22, y + 14 + index * lineHeight, part, { fill: palette.ink, sans: true }));
    y += parts.length * lineHeight + 8;
  }
  for (const { kernels, words: outcome } of lines)
    for (const [index, part] of wrap(`${kernels.join(', ')}: ${outcome}`, room).entries())
      line(part, false, index === 0 ? palette.ink : palette['ink-2']);
  return { drawn, height: y + 8 };
}

const signs: Readonly<Record<Comparison['parting']['kind'], string>> = {
  parts: '◆',
  arranged: '◇',
  same: '=',
};

/** The call tree of the operation at the cursor, kernel beside kernel, as an SVG of its own. */
export function codeSvg(picture: CodePicture): string {
  const { session, views, focus, density, palette } = picture;
  const code = codeView(views);
  const compared = comparisons(code, focus);
  const partings = partingRows(compared);
  const keep = spokenOf(compared);
  const { rows } = shownRows(code.rows, { density, folded: foldedAtFirst(code), search: '', keep });
  const kernels = code.columns.map(({ id }) => id);
  const longest = Math.max(...kernels.map((id) => Math.ceil(id.length * 11 * monoAdvance)));
  const column = Math.max(leastColumn, longest + 14);
  const widths = rows.map((row) => rowWidth(row, partings.get(row.index), kernels.length, palette));
  const first = Math.max(leastFirst, ...widths);
  const width = first + kernels.length * column;
  const head = headOf(picture, compared, width);
  const top = head.height + rowHeight;
  const height = top + Math.max(1, rows.length) * rowHeight;
  const names = kernels.map((id, index) =>
    words(first + (index + 0.5) * column, head.height + 14, id, {
      fill: palette.ink,
      size: 11,
      bold: true,
      middle: true,
    }),
  );
  const lines = rows.map((row, index) => {
    const y = top + (index + 0.5) * rowHeight;
    const drawn = codeRow(row, partings.get(row.index), { y, first, column }, palette);
    return `${drawn}<path d="M0 ${y + rowHeight / 2}H${width}" stroke="${palette.line}"/>`;
  });
  const nothing = words(0, top + 14, 'No code of KVM ran.', { fill: palette['ink-2'], sans: true });
  const { title } = summaryOf(session, views);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * pad}" height="${height + 2 * pad}" viewBox="${-pad} ${-pad} ${width + 2 * pad} ${height + 2 * pad}" font-family="${mono}">`,
    `<title>${escaped(`${title}: ${kernels.join(', ')}`)}</title>`,
    `<desc>${escaped([...compared.map((one) => one.words.replaceAll('`', '')), 'T, F: what a test came to; dot: ran; ring: branch not taken.'].join(' '))}</desc>`,
    box(-pad, -pad, width + 2 * pad, height + 2 * pad, palette.panel),
    ...head.drawn,
    ...names,
    `<path d="M0 ${top}H${width}" stroke="${palette['ink-3']}"/>`,
    ...(rows.length === 0 ? [nothing] : lines),
    ...kernels.map(
      (_, index) =>
        `<path d="M${first + index * column} ${head.height}V${height}" stroke="${palette.line}"/>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}
