import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does on the sequence diagram of the run. */
export class LanesPanel {
  readonly panel: Locator;
  readonly operations: Locator;
  readonly current: Locator;
  readonly scrubber: Locator;
  readonly branches: BranchList;
  readonly #compare: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('region', { name: 'Lanes', exact: true });
    this.operations = this.#columns('Operations');
    this.current = this.panel.locator('[aria-current=step]');
    this.scrubber = this.panel.getByRole('slider', { name: 'Position in the run' });
    this.branches = new BranchList(this.panel);
    this.#compare = this.panel.getByRole('combobox', { name: 'Compare with branch' });
  }

  async goTo(operation: number): Promise<void> {
    await this.operations.nth(operation - 1).click();
  }

  async compareWith(branch: string): Promise<void> {
    await this.#compare.selectOption(branch);
  }

  /** The operations that the compared branch has of its own. */
  operationsOf(branch: string): Locator {
    return this.#columns(`Operations of ${branch}`);
  }

  #columns(name: string): Locator {
    return this.panel.getByRole('list', { name, exact: true }).getByRole('button');
  }
}

/** The ways that were tried. */
export class BranchList {
  readonly all: Locator;
  readonly current: Locator;
  readonly #panel: Locator;

  constructor(panel: Locator) {
    this.#panel = panel;
    const list = panel.getByRole('list', { name: 'Branches' });
    this.all = list.getByRole('listitem');
    this.current = list.locator('[aria-current]');
  }

  async returnTo(branch: string): Promise<void> {
    await this.all.getByRole('button', { name: branch, exact: true }).click();
  }

  async rename(branch: string, name: string): Promise<void> {
    await this.#panel.getByRole('button', { name: `Rename the branch ${branch}` }).click();
    const field = this.#panel.getByRole('textbox', { name: 'Name of the branch' });
    await field.fill(name);
    await field.press('Enter');
  }
}
