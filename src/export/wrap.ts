const spelled: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2013': '-',
  '\u2014': '--',
  '\u2026': '...',
  '\u2190': '<-',
  '\u2192': '->',
  '\u00d7': 'x',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u00df': 'ss',
};

/** The text in printable ASCII: signs are spelled, accents dropped, and what is left is a question mark. */
export function toAscii(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\P{ASCII}/gu, (sign) => spelled[sign] ?? sign.normalize('NFKD').replaceAll(/\p{M}/gu, ''))
    .replaceAll(/\s/g, ' ')
    .replaceAll(/[^\u0020-\u007e]/gu, '?');
}

/** Where a word that is too long is broken best: before a sign that joins, after one that separates. */
function breakAt(word: string, width: number): number {
  const head = word.slice(0, width);
  const joins = Math.max(word.slice(0, width + 1).lastIndexOf('+'), head.lastIndexOf('->'));
  const ends = Math.max(...[',', '|', '/', '('].map((sign) => head.lastIndexOf(sign) + 1));
  const best = Math.max(joins, ends);
  return best > width / 3 ? best : width;
}

/** The text in lines of at most so many columns, broken between words; a longer word is broken within. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(/ +/).filter(Boolean)) {
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (word.length > width) {
      const at = breakAt(word, width);
      lines.push(word.slice(0, at));
      word = word.slice(at);
    }
    line = word;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** The first line is as wide as all, the others are indented. */
export function hanging(text: string, width: number, hang: number): readonly string[] {
  const [first = ''] = wrap(text, width);
  const rest = text.trim().replaceAll(/ +/g, ' ').slice(first.length).trimStart();
  if (rest === '') return [first];
  return [first, ...wrap(rest, width - hang).map((line) => ' '.repeat(hang) + line)];
}
