import type { Locator, Page } from '@playwright/test';

/** What a visitor sees in the listing of what runs. */
export class ProgramPanel {
  /** The line at which the focused kernel's instruction pointer stands. */
  readonly current: Locator;
  readonly #panel: Locator;

  constructor(page: Page) {
    this.#panel = page.getByRole('region', { name: 'Program', exact: true });
    this.current = this.#panel.locator('[aria-current=step]');
  }

  code(of: 'L1' | 'L2' | 'SMM' | 'Userspace'): Locator {
    return this.#panel.getByRole('list', { name: `${of} code` });
  }

  /** Ask what an operation of the listing does. */
  async explain(operation: string): Promise<Locator> {
    await this.#panel.getByRole('button', { name: operation }).first().click();
    return this.#panel.getByRole('paragraph');
  }
}
