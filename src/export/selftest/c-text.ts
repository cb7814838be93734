import { eferNames } from '#isa/efer.ts';

/** Pieces of C in the kernel's coding style: tabs of eight columns, comments that stand alone. */

const tabWidth = 8;
/** The kernel's own limit of a line is 80 columns, 100 where that reads better. */
const preferred = 80;
const longest = 100;

/** The number of columns that a line takes. */
function columnsOf(line: string): number {
  return line
    .split('')
    .reduce(
      (column, char) => (char === '\t' ? (Math.floor(column / tabWidth) + 1) * tabWidth : column + 1),
      0,
    );
}

/** A statement that is too long goes on in further lines, which begin with what joins them. */
export function broken(line: string): readonly string[] {
  if (columnsOf(line) <= longest) return [line];
  const fits = (end: number) => columnsOf(line.slice(0, end)) <= preferred;
  const places = [...line.matchAll(/(?<=[|,&]) /g)].map(({ index }) => index);
  const place = places.findLast(fits) ?? places[0];
  if (place === undefined) return [line];
  const tabs = /^\t*/.exec(line)![0];
  return [line.slice(0, place), ...broken(`${tabs}\t${line.slice(place + 1)}`)];
}

export function indent(lines: readonly string[], tabs = 1): readonly string[] {
  return lines.map((line) => (line === '' || line.startsWith('#') ? line : `${'\t'.repeat(tabs)}${line}`));
}

/** Text that cannot end the comment it stands in, nor hide a character. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (char) => (char === '\u2019' ? "'" : '?')).replaceAll('*/', '* /');
}

function fill(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text)
    .split(' ')
    .flatMap((one) => pieces(one, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A word that is longer than a line is cut. */
function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  return [word.slice(0, width), ...pieces(word.slice(width), width)];
}

/** A comment at this depth of tabs; each paragraph begins on a line of its own, an empty one is an empty line. */
export function comment(paragraphs: readonly string[], tabs = 0): readonly string[] {
  const width = preferred - tabs * tabWidth - 3;
  const lines = paragraphs.flatMap((one) => fill(one, width));
  const [only] = lines;
  if (only !== undefined && lines.length === 1 && only.length <= width - 3) return [`/* ${only} */`];
  return ['/*', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
}

/** A call whose arguments go to further lines where they do not fit; in C only the sum of the widths matters. */
export function callLines(name: string, args: readonly string[], tabs = 1): readonly string[] {
  const whole = `${name}(${args.join(', ')});`;
  if (columnsOf(whole) + tabs * tabWidth <= preferred) return [whole];
  const last = args.length - 1;
  return args.map((arg, at) => `${at === 0 ? `${name}(` : '\t'}${arg}${at === last ? ');' : ','}`);
}

/** Bits that the selftests' headers of 6.12 have no name for. */
const unnamed: Readonly<Record<string, string>> = { TCE: 'BIT(15)' };

/** EFER as the bits' names, lowest first. */
export function eferText(value: number): string {
  const names = eferNames(value).map((name) => unnamed[name] ?? `EFER_${name}`);
  return names.length === 0 ? '0' : names.join(' | ');
}

/** The expression as an operand: in parentheses where it has operators. */
export function operand(text: string): string {
  return /[|&]/.test(text) ? `(${text})` : text;
}

export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
