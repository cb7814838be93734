import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

type Tokens = ReadonlyMap<string, string>;

/** The tokens that stand in the block of a selector. */
function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** One side of `light-dark()`; a plain value is both. */
const side = (tokens: Tokens, index: 0 | 1): Tokens =>
  new Map([...tokens].map(([name, value]) => [name, value.match(/#\w+/g)?.at(index) ?? value]));

const usual = tokensOf('[data-theme]');
const contrast = tokensOf("[data-theme='contrast']");
const projector = tokensOf("[data-theme='projector']");
const forced = tokensOf('forced-colors: active) {\n  :root,\n  [data-theme]');
const names = [...css.matchAll(/--color-[\w-]+: var\(--([\w-]+)\)/g)].map(([, name = '']) => name);

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: string, other: string): number {
  const [less = 0, more = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}

const inks = ['ink', 'ink-2', 'ink-3'];
const surfaces = ['ground', 'panel', 'raised'];
const hues = ['accent', 'userspace', 'kvm', 'l1', 'l2', 'smm', 'danger', 'good', 'added', 'removed'];
const tinted = names.filter((name) => name.endsWith('-ground'));

/** What is written on what. */
const written = [
  ...[...inks, ...hues].flatMap((text) => surfaces.map((ground) => [text, ground] as const)),
  ...inks.flatMap((text) => tinted.map((ground) => [text, ground] as const)),
  ...tinted
    .map((ground) => [ground.replace('-ground', ''), ground] as const)
    .filter(([text]) => names.includes(text)),
];

/** What is drawn on what, and must be seen to be understood. */
const drawn = surfaces.map((ground) => ['line-strong', ground] as const);

test.each([
  ['usual', usual],
  ['contrast', contrast],
  ['projector', projector],
  ['forced', forced],
])('the %s block gives every token a value', (_, tokens) => {
  expect([...tokens.keys()].toSorted()).toEqual(names.toSorted());
});

test('forced colours are the system’s own', () => {
  expect(new Set(forced.values())).toEqual(new Set(['Canvas', 'CanvasText', 'GrayText', 'LinkText']));
});

describe.each([
  ['light', side(usual, 0), 4.5],
  ['dark', side(usual, 1), 4.5],
  ['high contrast, light', side(contrast, 0), 7],
  ['high contrast, dark', side(contrast, 1), 7],
  ['projector', side(projector, 0), 4.5],
] as const)('%s', (_, tokens, least) => {
  const low = (pairs: readonly (readonly [string, string])[], atLeast: number): readonly string[] =>
    pairs
      .map(([one, other]) => [`${one} on ${other}`, ratio(tokens.get(one)!, tokens.get(other)!)] as const)
      .filter(([, contrastRatio]) => contrastRatio < atLeast)
      .map(([pair, contrastRatio]) => `${pair}: ${contrastRatio.toFixed(2)}`);

  test(`text has ${least}:1`, () => expect(low(written, least)).toEqual([]));
  test('what is drawn has 3:1', () => expect(low(drawn, 3)).toEqual([]));
});
