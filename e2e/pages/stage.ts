import type { Locator, Page } from '@playwright/test';

import { settle } from './settled.ts';

/** The stage as an audience sees it. */
export class Stage {
  readonly told: Locator;
  readonly outcome: Locator;
  readonly question: Locator;
  readonly controls: Locator;

  constructor(page: Page) {
    this.told = page.getByRole('region', { name: 'Told' });
    this.outcome = page.getByRole('region', { name: 'What came of it' });
    this.question = page.getByRole('region', { name: 'Predict' });
    this.controls = page.getByRole('toolbar', { name: 'Stage' });
  }
}

/** The presenter's window. */
export class PresenterWindow {
  readonly page: Page;
  readonly bar: Locator;
  readonly notes: Locator;
  readonly next: Locator;
  readonly timer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.bar = page.getByRole('region', { name: 'Presenter' });
    this.notes = this.bar.getByRole('region', { name: /^Now/ });
    this.next = this.bar.getByRole('region', { name: 'Next', exact: true });
    this.timer = this.bar.getByRole('timer');
  }

  /** The window that opens when `w` is pressed on that page. */
  static async openedBy(page: Page): Promise<PresenterWindow> {
    const [opened] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('w')]);
    await opened.getByRole('region', { name: 'Presenter' }).waitFor();
    await settle(opened);
    return new PresenterWindow(opened);
  }
}
