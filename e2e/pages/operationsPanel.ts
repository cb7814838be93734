import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does where the next operation is chosen. */
export class OperationsPanel {
  /** Why the operation that is looked at is impossible, or what will come of it. */
  readonly reason: Locator;
  readonly #panel: Locator;

  constructor(page: Page) {
    this.#panel = page.getByRole('region', { name: 'Next operation', exact: true });
    this.reason = this.#panel.getByRole('paragraph').filter({ hasText: / is not possible: |: / });
  }

  /** What the program does next. */
  next(label: string | RegExp): Locator {
    return this.#panel.getByRole('button', { name: label }).first();
  }

  choice(group: 'Guest' | 'Userspace', label: string): Locator {
    return this.#panel.getByRole('toolbar', { name: `${group} operations` }).getByRole('button', {
      name: label,
      exact: true,
    });
  }
}
