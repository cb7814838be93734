import type { Page } from '@playwright/test';

/** Pages that have fetched all that they will ever need: from then on a request is a fault. */
export const settledPages = new WeakSet<Page>();

/** Wait until the page says that it needs the network no more. */
export async function settle(page: Page): Promise<void> {
  await page.locator('html[data-settled="true"]').waitFor({ state: 'attached' });
  settledPages.add(page);
}
