import { describe, expect, test } from 'vitest';
import { xml2js, type Element } from 'xml-js';
import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { codeView } from '#session/code-view.ts';
import { viewsAt } from '#session/derive.ts';
import { stepForward } from '#session/steps.ts';
import type { Session } from '#session/session.ts';
import { codeSvg } from './code-svg.ts';
import { paletteNames, type Palette } from './code-svg-row.ts';

/** How often a text stands in a picture. */
const count = (svg: string, letter: string): number => texts(svg).filter((text) => text === letter).length;

/** Every token another colour. */
const palette = Object.fromEntries(
  paletteNames.map((name, index) => [name, `#0000${(0x10 + index).toString(16)}`]),
) as Palette;

const drawn = (session: Session, density: 'all' | 'decisions' | 'differences' = 'decisions'): string =>
  codeSvg({ session, views: viewsAt(session), focus: 0, density, palette });

const elements = (at: Element): readonly Element[] => [at, ...(at.elements ?? []).flatMap(elements)];
const parsed = (svg: string): readonly Element[] => elements(xml2js(svg) as Element);
const texts = (svg: string): readonly string[] =>
  parsed(svg).flatMap(({ name, elements: inner }) => (name === 'text' ? String(inner?.[0]?.text ?? '') : []));

/** How wide a text is at most: in monospace, or in the narrower face of sentences. */
const widthOf = (attributes: Element['attributes'], text: string): number =>
  text.length * Number(attributes?.['font-size']) * (attributes?.['font-family'] ? 0.56 : 0.6);

/** Every scenario one step after it opens. */
const moments = scenarios.map((scenario) => ({
  name: scenario.id,
  session: stepForward(openScenario(scenario)),
}));

describe.each(moments)('$name', ({ session }) => {
  const svg = drawn(session, 'all');
  const all = parsed(svg);

  test('is well-formed, in the given colours only', () => {
    const allowed = new Set<unknown>([...Object.values(palette), 'none']);
    const used = all.flatMap(({ attributes }) =>
      [attributes?.['fill'], attributes?.['stroke']].filter(Boolean),
    );
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((colour) => !allowed.has(colour))).toEqual([]);
    expect(svg).not.toMatch(/undefined|NaN/);
  });

  test('cuts nothing off, and puts no text upon another', () => {
    const [x = 0, , width = 0, height = 0] = String(
      all.find(({ name }) => name === 'svg')?.attributes?.['viewBox'],
    )
      .split(' ')
      .map(Number);
    const starts = all.flatMap(({ name, attributes, elements: inner }) =>
      name === 'text' && attributes?.['text-anchor'] === undefined
        ? {
            x: Number(attributes?.['x']),
            y: Number(attributes?.['y']),
            end: Number(attributes?.['x']) + widthOf(attributes, String(inner?.[0]?.text)),
          }
        : [],
    );
    for (const { end, y } of starts) {
      expect(y).toBeLessThan(height);
      expect(end).toBeLessThan(width + x);
    }
    const upon = starts.filter((one, index) => {
      const next = starts.slice(index + 1).find(({ y }) => Math.abs(y - one.y) < 2);
      return next !== undefined && one.end > next.x;
    });
    expect(upon).toEqual([]);
  });
});

const first = stepForward(stepForward(openScenario({ ...scenarios[0]!, startAt: 0 })));

test('says where the kernels part and what came of it', () => {
  const said = texts(drawn(first)).join(' ');
  expect(said).toContain('They part in svm_set_efer()');
  expect(said).toContain('they part here');
  expect(said).toContain('7.1: KVM_EXIT_SHUTDOWN');
});

test('has a mark of every kernel in every row that ran', () => {
  const svg = drawn(first, 'all');
  const { rows } = codeView(viewsAt(first));
  const tests = rows.flatMap(({ kind, cells }) =>
    kind === 'test' ? cells.filter((cell) => cell?.state === 'ran') : [],
  );
  // Rows that are folded away at first are not drawn.
  expect(count(svg, 'T')).toBeGreaterThan(10);
  expect(count(svg, 'T')).toBeLessThanOrEqual(tests.filter((cell) => cell?.value).length);
  expect(count(svg, 'F')).toBeLessThanOrEqual(tests.filter((cell) => !cell?.value).length);
});

test('is shorter the less is asked for, and says so where nothing ran', () => {
  const [all, decisions, differences] = (['all', 'decisions', 'differences'] as const).map(
    (density) => texts(drawn(first, density)).length,
  );
  expect(all).toBeGreaterThan(decisions ?? 0);
  expect(decisions).toBeGreaterThan(differences ?? 0);
  expect(texts(drawn(openScenario({ ...scenarios[0]!, startAt: 0 })))).toContain('No code of KVM ran.');
});

test('what a visitor typed stays text', () => {
  const title = `<script>"&'`;
  const svg = drawn({ ...first, program: { ...first.program, title } });
  expect(parsed(svg).some(({ name }) => name === 'script')).toBe(false);
  expect(texts(svg)).toContain(title);
});
