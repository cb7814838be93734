import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does on the chart of the vCPU's state. */
export class ChartPanel {
  /** The states that the focused kernel is in. */
  readonly current: Locator;
  readonly states: Locator;
  /** What the last step changed, region by region. */
  readonly changes: Locator;
  readonly zoomIn: Locator;
  readonly fit: Locator;
  readonly #panel: Locator;

  constructor(page: Page) {
    this.#panel = page.getByRole('region', { name: 'Chart', exact: true });
    const drawing = this.#panel.getByRole('group', { name: /^States of the vCPU/ });
    this.states = drawing.getByRole('button');
    this.current = drawing.getByRole('button', { name: /, current/ });
    this.changes = this.#panel.getByRole('list', { name: 'Changed in this step' }).getByRole('listitem');
    this.zoomIn = this.#panel.getByRole('button', { name: 'Zoom in' });
    this.fit = this.#panel.getByRole('button', { name: /^Fit the chart/ });
  }

  state(region: string, state: string): Locator {
    return this.#panel.getByRole('button', { name: new RegExp(`^${region}: ${state}\\b`) });
  }

  /** What is said of a state once it is chosen. */
  about(region: string, state: string): Locator {
    return this.#panel.getByRole('region', { name: `${region}: ${state}`, exact: true });
  }
}
