import type { Locator, Page } from '@playwright/test';

/** A file as a visitor drops it. */
export interface Dropped {
  readonly name: string;
  readonly text: string;
  /** How often the text stands in it. */
  readonly times?: number;
}

/** What a visitor sees and does on kernel source of their own. */
export class SourcePanel {
  readonly panel: Locator;
  readonly switch: Locator;
  readonly close: Locator;
  readonly functions: Locator;
  readonly lines: Locator;
  readonly current: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.panel = page.getByRole('region', { name: 'Code', exact: true });
    this.switch = this.panel.getByRole('group', { name: 'Show the code as' });
    this.close = this.panel.getByRole('button', { name: 'Close source' });
    this.functions = this.panel.getByRole('list', { name: 'Functions entered' });
    this.lines = this.panel.getByRole('list', { name: /^Lines of/ }).getByRole('listitem');
    this.current = this.lines.and(page.locator('[aria-current=step]'));
  }

  /** Drop files anywhere on the page. */
  async drop(...files: readonly Dropped[]): Promise<void> {
    const dataTransfer = await this.#page.evaluateHandle((dropped) => {
      const transfer = new DataTransfer();
      for (const { name, text, times = 1 } of dropped)
        transfer.items.add(new File([text.repeat(times)], name));
      return transfer;
    }, files);
    for (const event of ['dragover', 'drop'])
      await this.#page.locator('main').dispatchEvent(event, { dataTransfer });
  }

  /** The lines with that text. */
  line(text: string): Locator {
    return this.lines.filter({ hasText: text });
  }

  async show(view: 'Tree' | 'Source'): Promise<void> {
    await this.switch.getByRole('button', { name: view }).click();
  }

  async showFunction(name: string): Promise<void> {
    await this.functions
      .getByRole('button', { name: `${name}()` })
      .first()
      .click();
  }
}
