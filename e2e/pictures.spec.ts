import type { Page } from '@playwright/test';
import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

const name = 'l2-clears-efer-svme-l1-does-not-intercept';

/** Everything that would make a picture depend on the page it was taken from. */
const ties =
  /class=|style=|role=|tabindex=|var\(|href|<script|<foreignObject|<image|@import|https?:(?!\/\/www\.w3\.org)/;

const plain = /^(none|#[0-9a-f]{6}|url\(#stray\))$/;

/** What an SVG comes to as a document of its own. */
const opened = (page: Page, svg: string) =>
  page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const colours = [...root.querySelectorAll('[fill], [stroke]')].flatMap((element) =>
      ['fill', 'stroke'].flatMap((attribute) => element.getAttribute(attribute) ?? []),
    );
    const texts = [...root.querySelectorAll('text')].map(({ textContent }) => textContent);
    const ground = root.querySelector('rect')?.getAttribute('fill');
    const [title, about] = ['title', 'desc'].map((tag) => root.querySelector(tag)?.textContent ?? '');
    return { tag: root.localName, colours: [...new Set(colours)], texts, ground, title, about };
  }, svg);

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
  await svmscope.press('ArrowRight', 'x');
});

for (const [title, kind, says, tells] of [
  ['Chart', 'chart', ['guestMode', 'VMEXIT', 'getNestedStatePages'], 'guestMode l1'],
  ['Lanes', 'lanes', ['KVM (L0)', 'WRMSR EFER SVME=0', "L2's registers"], '2: WRMSR EFER SVME=0'],
  [
    'Code comparison',
    'code',
    ['svm_set_efer()', 'is_guest_mode(vcpu) && vcpu->wants_to_run', '+merged', 'they part here'],
    'They part in svm_set_efer()',
  ],
] as const)
  test(`${title} is an SVG that stands alone, and a PNG`, async ({ svmscope, page }) => {
    const { share } = svmscope;
    await share.choose(title);
    await expect(share.preview.getByRole('img')).toBeVisible();
    const svg = await share.saved('Save as SVG');
    expect(svg.name).toBe(`${name}.${kind}.svg`);
    const text = svg.bytes.toString('utf8');
    expect(text).not.toMatch(ties);
    const seen = await opened(page, text);
    expect(seen.tag).toBe('svg');
    expect(seen.texts).toEqual(expect.arrayContaining([...says]));
    expect(seen.about).toContain(tells);
    expect(seen.colours.filter((colour) => !plain.test(colour))).toEqual([]);
    expect(seen.ground).toBe('#ffffff');
    const png = await share.saved('Save as PNG');
    expect(png.name).toBe(`${name}.${kind}.png`);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(text) ?? [];
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([
      2 * Number(width),
      2 * Number(height),
    ]);
    await expect(share.status).toHaveText(`Saved as ${name}.${kind}.png.`);
  });

test('a picture is in light colours for paper, or in those of the page', async ({ svmscope, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { share } = svmscope;
  for (const title of ['Chart', 'Lanes', 'Code comparison']) {
    await share.choose(title);
    await expect(share.choice('For paper')).toBeVisible();
    const grounds: unknown[] = [];
    for (const light of [true, false]) {
      if ((await share.choice('For paper').isChecked()) !== light) await share.choice('For paper').click();
      await expect(share.choice('For paper')).toBeChecked({ checked: light });
      const svg = await share.saved('Save as SVG');
      grounds.push((await opened(page, svg.bytes.toString('utf8'))).ground);
    }
    expect(grounds).toEqual(['#ffffff', '#161a20']);
  }
});

test('the code comparison shrinks to where the kernels differ', async ({ svmscope, page }) => {
  const { share } = svmscope;
  await share.choose('Code comparison');
  const all = await opened(page, (await share.saved('Save as SVG')).bytes.toString('utf8'));
  await share.choice('Differences only').click();
  await expect(share.choice('Differences only')).toBeChecked();
  await expect
    .poll(
      async () =>
        (await opened(page, (await share.saved('Save as SVG')).bytes.toString('utf8'))).texts.length,
    )
    .toBeLessThan(all.texts.length);
});

test('a picture goes to the clipboard as PNG', async ({ svmscope, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { share } = svmscope;
  await share.choose('Lanes');
  await share.dialog.getByRole('button', { name: 'Copy as PNG' }).click();
  await expect(share.status).toHaveText('Copied.');
  const types = await page.evaluate(async () =>
    (await navigator.clipboard.read()).flatMap((item) => item.types),
  );
  expect(types).toContain('image/png');
});

test('the chart is handed on as Mermaid and SCXML, with where the run stands', async ({ svmscope }) => {
  const { share } = svmscope;
  await share.choose('Mermaid');
  await expect(share.preview).toContainText('class run_guest, guestMode_l1');
  expect((await share.saved('Save as a file')).name).toBe(`${name}.mmd`);
  await share.choose('SCXML');
  await expect(share.preview).toContainText('<initial><transition target="guestMode.l1"/></initial>');
  expect((await share.saved('Save as a file')).name).toBe(`${name}.scxml`);
});

test('pictures stand in nobody’s way', async ({ svmscope, page }) => {
  await svmscope.share.choose('Chart');
  await expect(svmscope.share.preview.getByRole('img')).toBeVisible();
  expect(await obstacles(page)).toEqual([]);
});
