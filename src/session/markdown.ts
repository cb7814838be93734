/**
 * Notes as they are written: paragraphs, bullet and numbered lists, `code`, **strong**, _emphasis_, fenced code and
 * links. Everything else is text, HTML above all.
 */

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly inside: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly inside: readonly Inline[] };

export type Block =
  | { readonly kind: 'paragraph'; readonly inside: readonly Inline[] }
  | {
      readonly kind: 'list';
      /** The number that the first item bears; absent: bullets. */
      readonly from: number | undefined;
      readonly items: readonly (readonly Inline[])[];
    }
  | { readonly kind: 'fence'; readonly language: string; readonly text: string };

export type Markdown = readonly Block[];

/** Strong and emphasised text is not longer than this, so that an opening without an end costs little. */
const inlineSyntax = new RegExp(
  [
    '`(?<code>[^`]+)`',
    String.raw`\*\*(?=\S)(?<strong>[^]{0,500}?\S)\*\*`,
    String.raw`(?<!\w)_(?=\S)(?<emphasis>[^]{0,500}?\S)_(?!\w)`,
    String.raw`\[(?<label>[^\][]+)\]\((?<href>(?:https?:\/\/|mailto:)[^\s()]+)\)`,
    String.raw`(?<url>https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"])`,
  ].join('|'),
  'gu',
);

/** Marks inside marks inside marks: nobody writes more. */
const deepest = 3;

function inlines(text: string, depth = 0): readonly Inline[] {
  if (depth > deepest) return [{ kind: 'text', text }];
  const found: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(inlineSyntax)) {
    if (match.index > at) found.push({ kind: 'text', text: text.slice(at, match.index) });
    found.push(inlineOf(match.groups ?? {}, depth + 1));
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ kind: 'text', text: text.slice(at) });
  return found;
}

function inlineOf(groups: Readonly<Record<string, string | undefined>>, depth: number): Inline {
  const { code, strong, emphasis, label, href, url } = groups;
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', inside: inlines(strong, depth) };
  if (emphasis !== undefined) return { kind: 'emphasis', inside: inlines(emphasis, depth) };
  // A link within a link is none.
  const words: Inline = { kind: 'text', text: label ?? url ?? '' };
  return { kind: 'link', href: href ?? url ?? '', inside: [words] };
}

const fence = /^```(\w*)\s*$/;
const bullet = /^ {0,3}[-*] +(?=\S)/;
const numbered = /^ {0,3}(\d{1,9})[.)] +(?=\S)/;
const blank = /^\s*$/;

/** Read notes. Any text is some. */
export function parseMarkdown(text: string): Markdown {
  const lines = text.split(/\r\n|\r|\n/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    if (blank.test(line)) at += 1;
    else if (fence.test(line)) at = readFence(lines, at, blocks);
    else if (bullet.test(line)) at = readList(lines, at, bullet, blocks);
    else if (numbered.test(line)) at = readList(lines, at, numbered, blocks);
    else at = readParagraph(lines, at, blocks);
  }
  return blocks;
}

function endOf(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && !isEnd(lines[at]!)) at += 1;
  return at;
}

/** A fence that nobody closes goes on to the end. */
function readFence(lines: readonly string[], at: number, blocks: Block[]): number {
  const end = endOf(lines, at + 1, (line) => /^```\s*$/.test(line));
  const text = lines.slice(at + 1, end).join('\n');
  blocks.push({ kind: 'fence', language: fence.exec(lines[at]!)?.[1] ?? '', text });
  return end + 1;
}

/** A line that is indented goes on with the item above it. */
function readList(lines: readonly string[], at: number, marker: RegExp, blocks: Block[]): number {
  const items: string[] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next]!;
    if (marker.test(line)) items.push(line.replace(marker, ''));
    else if (/^ {2,}\S/.test(line) && !startsBlock(line)) items.push(`${items.pop()}\n${line.trim()}`);
    else break;
  }
  const from = marker === numbered ? Number(numbered.exec(lines[at]!)?.[1]) : undefined;
  blocks.push({ kind: 'list', from, items: items.map((item) => inlines(item)) });
  return next;
}

const startsBlock = (line: string): boolean => [fence, bullet, numbered, blank].some((one) => one.test(line));

function readParagraph(lines: readonly string[], at: number, blocks: Block[]): number {
  const end = endOf(lines, at + 1, startsBlock);
  const text = lines.slice(at, end).map((line) => line.trim());
  blocks.push({ kind: 'paragraph', inside: inlines(text.join('\n')) });
  return end;
}

function inlineText(inside: readonly Inline[]): string {
  return inside
    .map((one) => {
      switch (one.kind) {
        case 'text':
        case 'code':
          return one.text;
        case 'strong':
        case 'emphasis':
          return inlineText(one.inside);
        case 'link': {
          const words = inlineText(one.inside);
          return words === one.href ? words : `${words} <${one.href}>`;
        }
      }
    })
    .join('');
}

/** Notes as plain text: the marks are gone, lists and addresses stay. */
export function markdownText(tree: Markdown): string {
  return tree
    .map((block) => {
      switch (block.kind) {
        case 'paragraph':
          return inlineText(block.inside);
        case 'list':
          return block.items.map((item, index) => listLine(item, index, block.from)).join('\n');
        case 'fence':
          return block.text.replace(/^(?=.)/gm, '    ');
      }
    })
    .join('\n\n');
}

function listLine(item: readonly Inline[], index: number, from: number | undefined): string {
  const marker = from === undefined ? '- ' : `${from + index}. `;
  return marker + inlineText(item).replaceAll('\n', `\n${' '.repeat(marker.length)}`);
}
