import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';
import { describe, expect, test } from 'vitest';

/** Read top-down: a folder may import only from the folders above it. */
const layers = [
  'base',
  'isa',
  'machine',
  'kvm',
  'program',
  'session',
  'scenarios',
  'explore',
  'trace',
  'source',
  'share',
  'export',
  'browser',
  'ui',
  'cli',
];

/** The functional core: no page, no clock, no dice. */
const pure = new Set(layers.slice(0, layers.indexOf('browser')));

/** The one exception to the order: the command runs where there is no page. */
const closedToCli = new Set(['browser', 'ui']);

/** Imports what it has just bundled, under a name that it computes. */
const launcher = 'cli/svmscope.mjs';

const maxLines = 300;

interface Import {
  /** The importing file, below src/. */
  readonly from: string;
  /** What it names, as written; null where it is computed. */
  readonly to: string | null;
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
const isTest = (path: string): boolean => /\.(test|testing)\.tsx?$/.test(path);

/** Say what to do about an import that breaks a rule; null for one that keeps them all. */
function importComplaint({ from, to }: Import): string | null {
  if (to === null) {
    return from === launcher
      ? null
      : `${from}: a computed import hides what is imported; write the name as a literal`;
  }
  const advice = adviceFor(from, to.replace(/\?.*$/, ''));
  return advice === null ? null : `${from}: '${to}': ${advice}`;
}

function adviceFor(from: string, to: string): string | null {
  if (to.startsWith('#')) return borderAdvice(from, to.slice(1));
  if (to.startsWith('.')) return neighbourAdvice(from, posix.join(posix.dirname(from), to));
  if (to.startsWith('/')) return 'no absolute paths; write #folder/file.ts';
  return packageAdvice(from, to);
}

/** Judge `#folder/file.ts`, an import across folders. */
function borderAdvice(from: string, target: string): string | null {
  const [own, other] = [folderOf(from), folderOf(target)];
  if (!layers.includes(other))
    return `no such folder among the layers; name a file in one of ${layers.join(', ')}`;
  if (own === other) return 'a file of the same folder; write ./file.ts';
  if (posix.extname(target) === '') return 'write the whole file name, with .ts';
  const open = own === 'cli' ? !closedToCli.has(other) : layers.indexOf(other) < layers.indexOf(own);
  const move = `move what both need into ${other}/ or above, or hand it in as an argument`;
  if (!open) return `${own}/ may not import from ${other}/, only from folders above it; ${move}`;
  return testingAdvice(from, target);
}

/** Judge `./file.ts` or `../file.ts`, an import within a folder. */
function neighbourAdvice(from: string, target: string): string | null {
  if (folderOf(target) !== folderOf(from))
    return `leaves the folder; write #${target.replace(/^(\.\.\/)+/, '')}`;
  if (posix.extname(target) === '') return 'write the whole file name, with .ts';
  return testingAdvice(from, target);
}

function testingAdvice(from: string, target: string): string | null {
  return isTest(target) && !isTest(from)
    ? 'made for tests; move what the product needs into a file of its own'
    : null;
}

function packageAdvice(from: string, to: string): string | null {
  const own = folderOf(from);
  if (!pure.has(own)) return null;
  const name = to.split('/', to.startsWith('@') ? 2 : 1).join('/');
  const allowed = ['xstate'];
  if (own === 'program') allowed.push('valibot', ...(isTest(from) ? ['@valibot/to-json-schema'] : []));
  // Parsers of mail, of patches and of C: what they are given was not written here.
  if (own === 'source')
    allowed.push('postal-mime', 'diff', '@lezer/common', '@lezer/cpp', '@lezer/highlight');
  if (isTest(from)) allowed.push('vitest', 'fast-check');
  if (own === 'export' && isTest(from)) allowed.push('dompurify', 'mermaid', 'xml-js', 'xstate4');
  if (allowed.includes(name) || (isTest(from) && name.startsWith('node:'))) return null;
  return `${own}/ imports no package but ${allowed.join(', ')}; do this in browser/, ui/ or cli/ and hand the result in`;
}

/** Say what to do about a file that should not be as it is; null for a good one. */
function fileComplaint(path: string, text: string): string | null {
  const lines = text.split('\n').length - 1;
  const folder = folderOf(path);
  if (folder === '' && !isTest(path)) return `${path}: put it into a folder`;
  if (folder !== '' && !layers.includes(folder)) return `${path}: give ${folder}/ its place among the layers`;
  if (/(^|\/)index\.\w+$/.test(path))
    return `${path}: no barrel files; let importers name the file they want`;
  if (lines > maxLines) return `${path}: ${lines} lines, at most ${maxLines}; split it by thought`;
  return null;
}

/** List every import of a file: static, side-effect, dynamic, of types, re-exports, Vite's globs and worker addresses. */
function importsOf(from: string, text: string): readonly Import[] {
  const { program, errors } = parseSync(from, text);
  if (errors.length > 0) throw new Error(`${from}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (source: ESTree.Node | null | undefined): void => {
    if (source?.type === 'ArrayExpression') for (const element of source.elements) add(element);
    else if (source?.type !== 'Literal' || typeof source.value !== 'string') found.push({ from, to: null });
    else found.push({ from, to: source.value.replace(/^!/, '') });
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => source !== null && add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [pattern] }) => isImportMeta(callee, 'glob') && add(pattern),
    NewExpression: ({ arguments: [path, base] }) => isImportMeta(base, 'url') && add(path),
  }).visit(program);
  return found;
}

/** Whether a node reads `import.meta.NAME`. */
function isImportMeta(node: ESTree.Node | undefined, name: string): boolean {
  if (node?.type !== 'MemberExpression' || node.object.type !== 'MetaProperty') return false;
  return node.property.type === 'Identifier' && node.property.name === name;
}

const complaints = (from: string, text: string): readonly (string | null)[] =>
  importsOf(from, text).map(importComplaint);

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }));

describe('the project', () => {
  test('keeps its files small, named and in a folder of the list', () => {
    expect(files.length, 'found no source file: the check looks in the wrong place').toBeGreaterThan(1);
    expect(files.map(({ path, text }) => fileComplaint(path, text)).filter((line) => line !== null)).toEqual(
      [],
    );
  });

  test('imports only from folders above', () => {
    const imports = files.flatMap(({ path, text }) => importsOf(path, text));
    expect(imports.length, 'found no import: the check no longer reads the sources').toBeGreaterThan(1);
    expect(imports.map(importComplaint).filter((line) => line !== null)).toEqual([]);
  });
});

describe('the check itself', () => {
  test.each([
    ["import { x } from 'TO';"],
    ["import type { X } from 'TO';"],
    ["import 'TO';"],
    ["export { x } from 'TO';"],
    ["export * from 'TO';"],
    ["const x = await import('TO');"],
    ["export type X = import('TO').X;"],
    ["const x = import.meta.glob(['TO']);"],
    ["new Worker(new URL('TO', import.meta.url));"],
  ])('sees %s between every two folders', (form) => {
    const refused = layers.flatMap((from) =>
      layers
        .filter((to) => complaints(`${from}/a.ts`, form.replace('TO', `#${to}/b.ts`))[0] !== null)
        .map((to) => `${from} > ${to}`),
    );
    const expected = layers.flatMap((from, position) =>
      layers
        .filter((to, at) => at >= position || (from === 'cli' && closedToCli.has(to)))
        .map((to) => `${from} > ${to}`),
    );
    expect(refused).toEqual(expected);
  });

  test('sends a relative import across folders to the # form, in every pair', () => {
    const pairs = layers.flatMap((from) => layers.filter((to) => to !== from).map((to) => ({ from, to })));
    const said = pairs.map(({ from, to }) =>
      importComplaint({ from: `${from}/deep/a.ts`, to: `../../${to}/b.ts` }),
    );
    expect(said).toEqual(
      pairs.map(
        ({ from, to }) => `${from}/deep/a.ts: '../../${to}/b.ts': leaves the folder; write #${to}/b.ts`,
      ),
    );
  });

  test.each([
    ['kvm/a.ts', './functions/b.ts'],
    ['kvm/functions/a.ts', '../b.ts'],
    ['kvm/a.ts', './data.json'],
    ['explore/a.ts', 'xstate/graph'],
    ['program/a.ts', 'valibot'],
    ['kvm/a.test.ts', 'fast-check'],
    ['kvm/a.test.ts', './b.testing.ts'],
    ['kvm/a.test.ts', 'node:fs'],
    ['ui/a.tsx', '@xstate/react'],
    ['ui/a.tsx', '#explore/worker.ts?worker'],
    ['cli/a.ts', 'node:fs'],
  ])('lets %s import %s', (from, to) => {
    expect(importComplaint({ from, to })).toBeNull();
  });

  test.each([
    ['kvm/a.ts', 'react', /no package but xstate;/],
    ['kvm/a.ts', '@xstate/react', /no package but xstate;/],
    ['kvm/a.ts', 'valibot', /no package but xstate;/],
    ['kvm/a.ts', 'vitest', /no package but xstate;/],
    ['kvm/a.ts', 'node:fs', /no package but xstate;/],
    ['kvm/a.ts', './b.testing.ts', /made for tests/],
    ['kvm/a.ts', '#isa/b.test.ts', /made for tests/],
    ['kvm/a.ts', '#kvm/b.ts', /write \.\/file\.ts/],
    ['kvm/a.ts', '#isa/b', /whole file name/],
    ['kvm/a.ts', './b', /whole file name/],
    ['ui/a.ts', '#main.tsx', /no such folder/],
    ['ui/a.ts', '#nowhere/b.ts', /no such folder/],
    ['ui/a.ts', '/src/kvm/b.ts', /no absolute paths/],
    ['ui/a.ts', null, /as a literal/],
  ])('refuses that %s imports %s', (from, to, advice) => {
    expect(importComplaint({ from, to })).toMatch(advice);
  });

  test('sees a computed import', () => {
    expect(complaints('ui/a.ts', 'const x = await import(`./${name}.ts`);')).toEqual([
      expect.stringMatching(/as a literal/),
    ]);
  });

  test.each([
    ['kvm/index.ts', 1, /no barrel files/],
    ['stray.ts', 1, /into a folder/],
    ['utils/a.ts', 1, /place among the layers/],
    ['kvm/a.ts', maxLines + 1, /301 lines, at most 300/],
  ])('refuses the file %s of %i lines', (path, lines, advice) => {
    expect(fileComplaint(path, '\n'.repeat(lines))).toMatch(advice);
    expect(fileComplaint('kvm/a.ts', '\n'.repeat(maxLines))).toBeNull();
  });
});
