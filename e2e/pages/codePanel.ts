import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does on the call tree of the current operation. */
export class CodePanel {
  readonly panel: Locator;
  /** Where the kernels part, a sentence for each that is held against the focused one. */
  readonly partings: Locator;
  /** What came of the operation, kernel by kernel. */
  readonly outcomes: Locator;
  readonly tree: Locator;
  readonly rows: Locator;
  /** The row that the last node done stands in. */
  readonly current: Locator;
  readonly search: Locator;
  readonly execute: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('region', { name: 'Code', exact: true });
    this.partings = this.panel.getByRole('list', { name: 'Where the kernels part' }).getByRole('listitem');
    this.outcomes = this.panel.getByRole('list', { name: 'What came of it' }).getByRole('listitem');
    this.tree = this.panel.getByRole('treegrid', { name: 'Call tree' });
    this.rows = this.tree.getByRole('row').filter({ has: page.getByRole('rowheader') });
    this.current = this.rows.and(page.locator('[aria-current=step]'));
    this.search = this.panel.getByRole('searchbox', { name: 'Find in the call tree' });
    this.execute = this.panel.getByRole('button', { name: /^Execute/ });
  }

  /** The rows of a function, test or effect. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** How a row fared in one kernel, counted from 1 as they stand side by side. */
  cell(row: Locator, kernel: number): Locator {
    return row.getByRole('gridcell').nth(kernel - 1);
  }

  async show(
    density: 'All nodes' | 'Tests and effects' | 'Functions only' | 'Differences only',
  ): Promise<void> {
    await this.panel.getByRole('combobox', { name: 'Show' }).selectOption({ label: density });
  }

  async goToParting(): Promise<void> {
    await this.partings
      .getByRole('button', { name: /^Go to where they part/ })
      .first()
      .click();
  }

  /** Hold the other kernels against this one. */
  async compareWith(kernel: string): Promise<void> {
    await this.tree.getByRole('columnheader', { name: kernel, exact: true }).getByRole('button').click();
  }

  /** The links of the details that are open. */
  link(name: string | RegExp): Locator {
    return this.tree.getByRole('link', { name });
  }

  /** What is told of the row whose details are open, under one of its headings. */
  detail(heading: string): Locator {
    return this.tree.locator('dt', { hasText: heading }).locator('+ dd');
  }
}
