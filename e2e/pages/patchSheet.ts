import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does of patches that were dropped on the page. */
export class PatchSheet {
  readonly sheet: Locator;
  readonly letters: Locator;
  /** The letter that is shown. */
  readonly current: Locator;
  readonly hunks: Locator;
  readonly behaviour: Locator;
  /** The behaviours that hang on the chosen hunk. */
  readonly lit: Locator;
  /** Leads back to a sheet that is hidden. */
  readonly hidden: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.sheet = page.getByRole('region', { name: 'Patches', exact: true });
    this.letters = this.sheet.getByRole('region', { name: 'Series' }).getByRole('button');
    this.current = this.letters.and(page.locator('[aria-current]'));
    this.hunks = this.sheet.getByRole('region', { name: 'Changes' }).getByRole('button', { name: /^@@ / });
    this.behaviour = this.sheet.getByRole('region', { name: 'Behaviour' });
    this.lit = this.behaviour.getByRole('list', { name: 'Behaviours of the hunk' }).locator('> li');
    this.hidden = page.getByRole('group', { name: 'Open patches' });
  }

  /** Wait until the explorer has found what the patch changes: seconds on a busy machine. */
  async explored(): Promise<void> {
    await this.behaviour.getByText(/ differs from /).waitFor({ timeout: 60_000 });
  }

  /** Drop a file on the page. */
  async drop(name: string, content: string | Buffer): Promise<void> {
    const bytes = [...Buffer.from(content)];
    const files = await this.#page.evaluateHandle(
      ([called, data]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(data)], called));
        return transfer;
      },
      [name, bytes] as const,
    );
    await this.#page.dispatchEvent('body', 'drop', { dataTransfer: files });
  }
}
