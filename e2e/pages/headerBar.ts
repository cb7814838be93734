import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does in the row at the top. */
export class HeaderBar {
  readonly scenario: Locator;
  readonly step: Locator;
  readonly back: Locator;
  readonly nrips: Locator;
  readonly settings: Locator;
  readonly #kernels: Locator;

  constructor(page: Page) {
    const moves = page.getByRole('group', { name: 'Step', exact: true });
    this.scenario = page.getByRole('button', { name: /^Scenario: / });
    this.step = moves.getByRole('button', { name: /^Step/ });
    this.back = moves.getByRole('button', { name: /Back$/ });
    this.nrips = page.getByRole('banner').getByRole('switch', { name: 'NRIPS' });
    this.settings = page.getByRole('button', { name: 'Settings', exact: true });
    this.#kernels = page.getByRole('group', { name: 'Kernels', exact: true });
  }

  /** The kernels that are shown; the focused one is pressed. */
  kernel(id: string): Locator {
    return this.#kernels.getByRole('button', { name: id, exact: true });
  }

  removeKernel(id: string): Locator {
    return this.#kernels.getByRole('button', { name: `Remove ${id}` });
  }
}
