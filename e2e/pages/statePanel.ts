import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does where the vCPU's state stands in figures. */
export class StatePanel {
  readonly execute: Locator;
  readonly panel: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('region', { name: 'State', exact: true });
    this.execute = this.panel.getByRole('button', { name: 'Execute' });
  }

  eferBit(name: string): Locator {
    return this.panel.getByRole('button', { name: new RegExp(`^${name}, bit`) });
  }

  fact(group: string, name: string): Locator {
    return this.panel
      .getByRole('region', { name: group })
      .locator('div')
      .filter({ has: this.panel.page().getByRole('term').getByText(name, { exact: true }) })
      .getByRole('definition');
  }

  async openHost(): Promise<void> {
    await this.panel.getByText('Host', { exact: true }).click();
  }

  hostSwitch(name: string): Locator {
    return this.panel.getByRole('switch', { name, exact: true });
  }
}
