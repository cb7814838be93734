import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does to learn what real kernels did. */
export class Evidence {
  /** Every recorded case, and whether the model does the same. */
  readonly cases: Locator;
  readonly verdict: Locator;
  readonly fields: Locator;
  readonly rows: Locator;
  readonly search: Locator;
  readonly onlyDiffering: Locator;
  /** One step beside its recording, or why there is none. */
  readonly step: Locator;
  readonly paths: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.cases = page.getByRole('dialog', { name: 'Evidence: every recorded case' });
    this.verdict = this.cases.getByText(/cases agree$/).first();
    this.fields = this.cases.getByRole('grid').getByRole('button');
    this.rows = this.cases.getByRole('grid').getByRole('rowheader');
    this.search = this.cases.getByRole('searchbox', { name: 'Find a case' });
    this.onlyDiffering = this.cases.getByRole('checkbox', { name: 'Only those that differ' });
    this.step = page.getByRole('dialog', { name: / on \d/ });
    this.paths = this.step.getByRole('table', { name: /the model beside the recording$/ });
  }

  /** What stands beside a kernel's outcome. */
  mark(kernel: string): Locator {
    return this.#page
      .getByRole('list', { name: 'What came of it' })
      .getByRole('button', { name: new RegExp(`^${kernel.replaceAll(/[.+]/g, String.raw`\$&`)}: `) });
  }

  async openCases(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Evidence', exact: true }).click();
    await this.cases.waitFor();
  }

  /** Wait until the model was run over every case: as long as that takes. */
  async runDone(): Promise<void> {
    await this.verdict.waitFor({ timeout: 0 });
  }

  /** Open a recorded case as a run. */
  async openCase(name: string, kernel: string): Promise<void> {
    await this.openCases();
    await this.cases.getByRole('button', { name: `${name} on ${kernel}: ` }).click();
    await this.cases.waitFor({ state: 'hidden' });
  }
}
