import { readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does to hand on what the page shows. */
export class ShareDialog {
  readonly dialog: Locator;
  readonly opener: Locator;
  readonly preview: Locator;
  readonly refusal: Locator;
  /** What came of copying or saving. */
  readonly status: Locator;
  readonly copy: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Share' });
    this.opener = page.getByRole('banner').getByRole('button', { name: 'Share', exact: true });
    this.preview = this.dialog.getByRole('region', { name: 'Preview' });
    this.refusal = this.dialog.getByRole('alert');
    this.status = this.dialog.getByRole('status');
    this.copy = this.dialog.getByRole('button', { name: 'Copy', exact: true });
    this.save = this.dialog.getByRole('button', { name: 'Save as a file' });
  }

  async choose(title: string): Promise<void> {
    await this.dialog.getByRole('radio', { name: title, exact: true }).check();
  }

  /** Save what is shown under a button's name: its file name and its bytes. */
  async saved(button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const saving = this.dialog.page().waitForEvent('download');
    await this.dialog.getByRole('button', { name: button }).click();
    const download = await saving;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  choice(name: 'Call path' | 'Whole run' | 'For paper' | 'Differences only'): Locator {
    return this.dialog.getByRole('switch', { name });
  }
}
