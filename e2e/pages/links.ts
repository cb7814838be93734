import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does to hand a run on, and to get one. */
export class Links {
  /** Says for a moment that the link was copied. */
  readonly copied: Locator;
  readonly button: Locator;
  /** Where the link is shown if the browser does not let the page copy it. */
  readonly dialog: Locator;
  readonly field: Locator;
  readonly back: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.copied = page.getByText(/^Link copied: the whole run in \d+ characters\.$/).last();
    this.button = page.getByRole('button', { name: 'Copy a link' });
    this.dialog = page.getByRole('dialog', { name: 'Link to this run' });
    this.field = this.dialog.getByRole('textbox', { name: 'The link' });
    this.back = page.getByRole('button', { name: 'Back to your own run' });
  }

  /** Copy with the key, and read what was copied. */
  async copy(): Promise<string> {
    await this.#page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.#page.keyboard.press('l');
    await this.copied.waitFor();
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  /** A browser that does not let the page copy. */
  async forbidCopying(): Promise<void> {
    await this.#page.evaluate(() => {
      Object.defineProperty(navigator.clipboard, 'writeText', {
        value: async () => Promise.reject(new DOMException('no', 'NotAllowedError')),
      });
    });
  }

  /** Put another fragment into the address bar of the open page. */
  async typeFragment(fragment: string): Promise<void> {
    await this.#page.evaluate((text) => {
      location.hash = text;
    }, fragment);
  }

  fragment(): string {
    return new URL(this.#page.url()).hash;
  }
}
