import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { markdownText, parseMarkdown, type Block, type Inline } from './markdown.ts';

const text = (words: string): Inline => ({ kind: 'text', text: words });
const code = (words: string): Inline => ({ kind: 'code', text: words });
const onlyParagraph = (source: string): readonly Inline[] => {
  const [block, ...rest] = parseMarkdown(source);
  if (block?.kind !== 'paragraph' || rest.length > 0) throw new Error('more than one paragraph');
  return block.inside;
};

describe('inside a paragraph', () => {
  test('code, strong and emphasis', () => {
    expect(onlyParagraph('a `b_c_` **d `e`** _f_.')).toEqual([
      text('a '),
      code('b_c_'),
      text(' '),
      { kind: 'strong', inside: [text('d '), code('e')] },
      text(' '),
      { kind: 'emphasis', inside: [text('f')] },
      text('.'),
    ]);
  });

  test('underscores of a name, lone stars and backquotes are text', () => {
    for (const source of ['svm_set_efer and nested_svm_vmexit', '2 * 3 ** 4 and a ` sign', '_ a _ b'])
      expect(onlyParagraph(source)).toEqual([text(source)]);
  });

  test('a link is https, http or mailto', () => {
    expect(onlyParagraph('[mail](https://lore.kernel.org/all/x/)')).toEqual([
      { kind: 'link', href: 'https://lore.kernel.org/all/x/', inside: [text('mail')] },
    ]);
    expect(onlyParagraph('see http://a.example/b.')).toEqual([
      text('see '),
      { kind: 'link', href: 'http://a.example/b', inside: [text('http://a.example/b')] },
      text('.'),
    ]);
    for (const href of ['javascript:alert(1)', 'data:text/html,x', '//a.example', 'file:///etc/passwd'])
      expect(onlyParagraph(`[x](${href})`)).toEqual([text(`[x](${href})`)]);
  });

  test('HTML and headings stay text', () => {
    for (const source of ['<b onclick="x">y</b>', '# not a heading', '![a](b.png)', '> quoted'])
      expect(onlyParagraph(source)).toEqual([text(source)]);
  });
});

test('blocks: paragraphs, lists, fences', () => {
  const source = 'one\ntwo\n\n- a\n  goes on\n- b\n3. c\n4) d\n```c\nif (x)\n\n  **y**\n```\nend';
  expect(parseMarkdown(source).map(({ kind }) => kind)).toEqual([
    'paragraph',
    'list',
    'list',
    'fence',
    'paragraph',
  ]);
  expect(markdownText(parseMarkdown(source))).toBe(
    'one\ntwo\n\n- a\n  goes on\n- b\n\n3. c\n4. d\n\n    if (x)\n\n      **y**\n\nend',
  );
});

test('as plain text the marks are gone and addresses stay', () => {
  expect(markdownText(parseMarkdown('**a** `b` _c_ [d](https://e.example/)'))).toBe(
    'a b c d <https://e.example/>',
  );
});

/** Every text that the tree holds, in the order of the source. */
function leaves(nodes: readonly (Block | Inline)[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
        case 'code':
          return node.text;
        case 'fence':
          return node.language + node.text;
        case 'list':
          return node.items.map(leaves).join('');
        case 'link': {
          const words = leaves(node.inside);
          return words === node.href ? words : words + node.href;
        }
        default:
          return leaves(node.inside);
      }
    })
    .join('');
}

const pieces = fc.constantFrom(
  '`',
  '```',
  '**',
  '_',
  '[',
  '](',
  ')',
  '\n',
  '\n\n',
  '- ',
  '1. ',
  ' ',
  'a',
  'svm_set_efer',
  '<b>',
  'https://a.example/x',
  'mailto:a@b.example',
);

const letters = (source: string): string => source.replace(/[^\p{L}]/gu, '');

test('any text parses, and no letter is lost', () => {
  const sources = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(sources, (source) => {
      expect(letters(leaves(parseMarkdown(source)))).toBe(letters(source));
    }),
    { numRuns: 200 },
  );
});

function depthOf(nodes: readonly (Block | Inline)[]): number {
  const inside = nodes.flatMap((node) =>
    node.kind === 'list' ? node.items.map(depthOf) : 'inside' in node ? [depthOf(node.inside)] : [],
  );
  return 1 + Math.max(0, ...inside);
}

test('marks within marks are read a few deep, however many there are', () => {
  expect(depthOf(parseMarkdown('**a _b `c`_**'))).toBe(4);
  const nested = parseMarkdown(`${'**_'.repeat(20)}x${'_**'.repeat(20)}`);
  expect(depthOf(nested)).toBeLessThanOrEqual(6);
  expect(leaves(nested)).toContain('x');
});

test('the longest note with the worst marks is read to its end', () => {
  for (const part of ['**a ', '_a ', '[a](', '`', '**_', 'https://', 'a\n\n', '- \n']) {
    const note = `${part.repeat(20_000 / part.length)} end`;
    expect(leaves(parseMarkdown(note)).endsWith('end')).toBe(true);
  }
});
