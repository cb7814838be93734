import type { PartingRow } from '#session/code-partings.ts';
import type { TreeRow } from '#session/code-view.ts';
import { eventsOf, partingTag, patchTag } from '#session/row-tags.ts';

/** One row of the code comparison, drawn with SVG's own shapes. */

/** The tokens of the page that the picture is painted with. */
export const paletteNames = [
  'panel',
  'line',
  'ink',
  'ink-2',
  'ink-3',
  'kvm',
  'kvm-ground',
  'added',
  'added-ground',
  'removed',
  'removed-ground',
  'part-ground',
] as const;
export type Palette = Readonly<Record<(typeof paletteNames)[number], string>>;

const sans = "ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
export const mono =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";

/* Sizes in pixels. Faces differ: the widest advance that a stack may come to leaves room in all of them. */
export const monoAdvance = 0.61;
export const sansAdvance = 0.56;
export const font = 12;
const tagFont = 10;
export const rowHeight = 20;
const indent = 8;
const gutter = 34;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Ink {
  readonly fill: string;
  readonly size?: number;
  readonly bold?: boolean;
  readonly sans?: boolean;
  readonly middle?: boolean;
}

export function words(x: number, y: number, text: string, ink: Ink): string {
  const bold = ink.bold ? ' font-weight="700"' : '';
  const anchor = ink.middle ? ' text-anchor="middle"' : '';
  const family = ink.sans ? ` font-family="${sans}"` : '';
  return `<text x="${x}" y="${y}" font-size="${ink.size ?? font}" fill="${ink.fill}"${family}${bold}${anchor} xml:space="preserve">${escaped(text)}</text>`;
}

export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  stroke = 'none',
  rx = 0,
): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}" fill="${fill}" stroke="${stroke}"/>`;

interface Tag {
  readonly text: string;
  readonly colour: string;
  readonly ground: string;
}

function tagsOf(
  row: TreeRow,
  parting: PartingRow | undefined,
  kernels: number,
  palette: Palette,
): readonly Tag[] {
  const { panel, ink } = palette;
  return [
    ...eventsOf(row).map((text) => ({ text, colour: palette.kvm, ground: palette['kvm-ground'] })),
    ...row.newMarks.map((mark) => ({
      text: patchTag(mark),
      colour: mark.moved === undefined ? palette[mark.sign === '+' ? 'added' : 'removed'] : palette['ink-2'],
      ground: panel,
    })),
    ...(parting
      ? [
          parting.kind === 'parts'
            ? { text: partingTag(parting, kernels), colour: panel, ground: ink }
            : { text: partingTag(parting, kernels), colour: palette['ink-2'], ground: panel },
        ]
      : []),
  ];
}

const tagWidth = ({ text }: Tag): number => Math.ceil(text.length * tagFont * monoAdvance) + 8;
const textStart = ({ depth }: TreeRow): number => gutter + depth * indent + 14;
const textWidth = (text: string): number => Math.ceil(text.length * font * monoAdvance);

function groundOf(row: TreeRow, parting: PartingRow | undefined, palette: Palette): string | undefined {
  if (parting && parting.kind !== 'arranged') return palette['part-ground'];
  const [mark] = row.marks;
  if (!mark || mark.moved !== undefined) return undefined;
  return palette[mark.sign === '+' ? 'added-ground' : 'removed-ground'];
}

/** How a row fared in one kernel: T or F, a dot where it ran, a ring where its branch was not taken. */
function cellMark(row: TreeRow, column: number, x: number, y: number, palette: Palette): string {
  const cell = row.cells[column];
  if (!cell) return row.has[column] ? '' : words(x, y + 4, '·', { fill: palette['ink-3'], middle: true });
  if (cell.state === 'skipped')
    return `<circle cx="${x}" cy="${y}" r="3.5" fill="none" stroke="${palette['ink-3']}"/>`;
  if (row.kind === 'test') {
    const [ground, ink] = cell.value ? [palette['ink-2'], palette.panel] : ['none', palette['ink-2']];
    return (
      box(x - 7.5, y - 7.5, 15, 15, ground, palette['ink-2'], cell.value ? 3 : 7.5) +
      words(x, y + 4, cell.value ? 'T' : 'F', { fill: ink, size: 11, bold: true, middle: true })
    );
  }
  if (row.kind === 'effect') return box(x - 4, y - 4, 8, 8, palette.kvm);
  return `<circle cx="${x}" cy="${y}" r="${row.kind === 'function' ? 3 : 2}" fill="${palette['ink-2']}"/>`;
}

/** What stands before a row's text, and its mark as a line of a diff. */
function leadOf(row: TreeRow, parting: PartingRow | undefined, y: number, palette: Palette): string {
  const [mark] = row.marks;
  const uneven = !mark && row.has.includes(true) && row.has.includes(false);
  const sign = mark ? (mark.sign === '+' ? '+' : '−') : uneven ? '≠' : '';
  const colour =
    mark && mark.moved === undefined ? palette[mark.sign === '+' ? 'added' : 'removed'] : palette['ink-3'];
  const lead = row.kind === 'test' ? '?' : row.kind === 'effect' ? '▪' : '';
  return [
    parting
      ? words(10, y + 4, parting.kind === 'arranged' ? '◇' : '◆', { fill: palette.ink, middle: true })
      : '',
    sign === '' ? '' : words(24, y + 4, sign, { fill: colour, bold: true, middle: true }),
    lead === ''
      ? ''
      : words(textStart(row) - 8, y + 4, lead, {
          fill: row.kind === 'effect' && row.ran ? palette.kvm : palette['ink-3'],
          bold: true,
          middle: true,
        }),
  ].join('');
}

const tagGap = 5;

/** From the left edge to the end of a row's tags, in pixels. */
export function rowWidth(
  row: TreeRow,
  parting: PartingRow | undefined,
  kernels: number,
  palette: Palette,
): number {
  const tags = tagsOf(row, parting, kernels, palette).map((tag) => tagWidth(tag) + tagGap);
  return textStart(row) + textWidth(row.text) + 8 + tags.reduce((sum, width) => sum + width, 0);
}

/** Where a row is drawn. */
export interface RowPlace {
  /** Middle of the row. */
  readonly y: number;
  /** Width of the first column, and of those of the kernels. */
  readonly first: number;
  readonly column: number;
}

/** Draw one node of the call tree, and how it fared in every kernel. */
export function codeRow(
  row: TreeRow,
  parting: PartingRow | undefined,
  place: RowPlace,
  palette: Palette,
): string {
  const { y, first, column } = place;
  const kernels = row.cells.length;
  const ground = groundOf(row, parting, palette);
  const quiet = !row.ran || !['function', 'test', 'effect'].includes(row.kind);
  const parts = [
    ground === undefined ? '' : box(0, y - rowHeight / 2, first + kernels * column, rowHeight, ground),
    leadOf(row, parting, y, palette),
    words(textStart(row), y + 4, row.text, {
      fill: quiet && !parting ? palette['ink-3'] : palette.ink,
      bold: row.kind === 'function',
    }),
  ];
  let x = textStart(row) + textWidth(row.text) + 8;
  for (const tag of tagsOf(row, parting, kernels, palette)) {
    const width = tagWidth(tag);
    parts.push(
      box(x + 0.5, y - 6.5, width, 13, tag.ground, tag.colour === palette.panel ? tag.ground : tag.colour, 2),
      words(x + 4.5, y + 3.5, tag.text, { fill: tag.colour, size: tagFont }),
    );
    x += width + tagGap;
  }
  for (let index = 0; index < kernels; index += 1)
    parts.push(cellMark(row, index, first + (index + 0.5) * column, y, palette));
  return parts.join('');
}
