import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('on a phone the story names the button, not the key', async ({ svmscope }) => {
  await svmscope.open();
  await expect(svmscope.story).toContainText('Press Step to execute the next operation', {
    useInnerText: true,
  });
});

for (const tab of ['Program', 'Chart', 'Lanes', 'Code', 'State'] as const)
  test(`on a phone ${tab} is a tab, and nothing sticks out`, async ({ svmscope, page }) => {
    await svmscope.open();
    await svmscope.showTab(tab);
    expect(await svmscope.overflow()).toBe(0);
    expect(await obstacles(page)).toEqual([]);
  });

test('the bar at the bottom steps, goes back and changes the kernel', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.header.step.click();
  await expect(svmscope.story).toContainText('Step 2');
  await page.getByRole('button', { name: 'Kernel shown: 7.0' }).click();
  await expect(svmscope.program.current).toContainText('KVM_RUN');
  await svmscope.header.back.click();
  await expect(svmscope.story).toContainText('Step 1');
});

test('between phone and desk two columns do', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 900, height: 800 });
  await svmscope.open();
  await expect(svmscope.program.current).toContainText('WRMSR');
  await svmscope.press('/');
  await expect(svmscope.intercepts.search).toBeFocused();
  expect(await svmscope.overflow()).toBe(0);
});
