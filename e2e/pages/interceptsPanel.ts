import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does where L1's intercepts are set. */
export class InterceptsPanel {
  /** Both bits in one go. */
  readonly eferWrites: Locator;
  readonly search: Locator;
  readonly all: Locator;
  readonly unset: Locator;
  readonly #panel: Locator;

  constructor(page: Page) {
    this.#panel = page.getByRole('region', { name: 'L1 intercepts', exact: true });
    this.eferWrites = this.#panel.getByRole('button', { name: 'L1 intercepts EFER writes' });
    this.search = this.#panel.getByRole('searchbox', { name: 'Search the intercepts' });
    this.all = this.#panel.getByRole('checkbox');
    this.unset = this.#panel.getByRole('checkbox', { checked: false });
  }

  toggle(name: string): Locator {
    return this.#panel.getByRole('checkbox', { name: new RegExp(`^${name}\\b`) });
  }
}
