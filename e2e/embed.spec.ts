import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Embedding } from './pages/embedding.ts';

const program = {
  format: 'svmscope/program@1',
  title: 'from the host',
  code: { l1: [{ do: 'RDMSR', msr: 'EFER' }] },
};

test('in a frame stand a slim bar and the panels that the address names, in its theme', async ({ page }) => {
  const host = new Embedding(page);
  const { frame } = host;
  await host.open('./?embed=lanes+code&theme=dark');
  await expect(frame.getByRole('region', { name: 'Lanes', exact: true })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Code', exact: true })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Chart', exact: true })).toBeHidden();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.getByRole('link', { name: 'Open in svmscope' })).toHaveAttribute('target', '_blank');
  expect(await obstacles(page)).toEqual([]);
});

test('an address that asks for what is not there says so, and shows the usual', async ({ page }) => {
  const host = new Embedding(page);
  const { frame } = host;
  await host.open('./?embed=chart+notes&theme=sepia');
  await expect(frame.getByRole('alert')).toContainText(
    'embed: "notes" is no panel: one of program chart lanes code state; theme: "sepia" is none: one of system light dark contrast projector',
  );
  await expect(frame.getByRole('region', { name: 'Chart', exact: true })).toBeVisible();
});

test('the host steps, goes, opens and asks, and is told what there is to see', async ({ page }) => {
  const host = new Embedding(page);
  await host.open('./?embed');
  await expect.poll(() => host.last()).toMatchObject({ type: 'svmscope/state', step: 1, kernel: '7.0' });
  await host.send({ type: 'svmscope/step' });
  await expect
    .poll(() => host.last())
    .toMatchObject({
      step: 2,
      operation: 'WRMSR EFER SVME=0 by L2',
      outcome: [
        { kernels: ['7.0'] },
        { kernels: ['7.1'], words: expect.stringContaining('KVM_EXIT_SHUTDOWN') },
      ],
    });
  await host.send({ type: 'svmscope/back' });
  await expect.poll(() => host.last()).toMatchObject({ step: 1 });
  await host.send({ type: 'svmscope/go', at: 1000 });
  await expect.poll(() => host.last()).toMatchObject({ next: null });
  await host.send({ type: 'svmscope/open', program });
  await expect.poll(() => host.last()).toMatchObject({ title: 'from the host', step: 0, next: 'RDMSR EFER' });
  await expect(host.frame.getByRole('heading', { level: 1 })).toHaveText('from the host');
  const before = (await host.heard()).length;
  await host.send({ type: 'svmscope/ask' });
  await expect.poll(async () => (await host.heard()).length).toBe(before + 1);
});

test('a request that cannot be met is answered with one clear error, and changes nothing', async ({
  page,
}) => {
  const host = new Embedding(page);
  await host.open('./?embed=chart');
  await expect.poll(() => host.last()).toMatchObject({ step: 1 });
  await host.send({ type: 'another library' });
  await host.send({
    type: 'svmscope/open',
    program: { ...program, title: '<b>', code: { l1: [{ do: 'X' }] } },
  });
  await expect
    .poll(() => host.last())
    .toMatchObject({
      type: 'svmscope/error',
      error: expect.stringMatching(/^svmscope\/open: code\.l1\[0\]\.do: .*"X"/),
    });
  await host.send({ type: 'svmscope/ask' });
  await expect.poll(() => host.last()).toMatchObject({ type: 'svmscope/state', step: 1 });
  expect(await host.heard()).toHaveLength(3);
});

test('keys work in the frame, and nothing of it is kept', async ({ page, svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('Step 2');
  await svmscope.reload();
  const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
  const host = new Embedding(page);
  await host.open('./?embed=program+chart&theme=projector');
  await host.frame.getByRole('button', { name: /^Step/ }).focus();
  await svmscope.press('End', 'ArrowRight', 'ArrowRight', '2', 't', 's');
  await expect.poll(() => host.last()).toMatchObject({ step: 3, kernel: '7.1' });
  await expect(host.frame.getByRole('dialog')).toBeHidden();
  await expect(host.frame.locator('html')).toHaveAttribute('data-theme', 'projector');
  expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage)))).toBe(kept);
});

test('a link opens in the frame, by the address and by a message, and goes along to the whole page', async ({
  page,
  svmscope,
}) => {
  await svmscope.open();
  await svmscope.press('ArrowRight', 'ArrowRight');
  await svmscope.header.nrips.click();
  await svmscope.press('x');
  await page.getByRole('radio', { name: 'Link' }).click();
  const link = String(await page.getByRole('region', { name: 'Preview' }).textContent());
  expect(link).toMatch(/#v\d+\./);

  const host = new Embedding(page);
  await host.open(`./?embed=code${link.replace(/^[^#]*/, '')}`);
  await expect.poll(() => host.last()).toMatchObject({ type: 'svmscope/state', step: 3 });
  const whole = host.frame.getByRole('link', { name: 'Open in svmscope' });
  const before = await whole.getAttribute('href');
  await host.send({ type: 'svmscope/back' });
  await expect(whole).not.toHaveAttribute('href', String(before));
  await host.send({ type: 'svmscope/open', link });
  await expect.poll(() => host.last()).toMatchObject({ step: 3 });
  await host.send({ type: 'svmscope/open', link: link.slice(0, -3) });
  await expect
    .poll(() => host.last())
    .toMatchObject({ type: 'svmscope/error', error: expect.stringContaining('link: damaged') });
});
