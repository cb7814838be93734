import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

export type FieldName = 'L1' | 'L2' | 'SMM' | 'Userspace';

/** What a visitor sees and does where the program is edited. */
export class EditorPanel {
  readonly panel: Locator;
  readonly title: Locator;
  readonly apply: Locator;
  readonly cancel: Locator;
  readonly save: Locator;
  readonly pasteJson: Locator;
  readonly pasteBox: Locator;
  /** What may be written at the caret. */
  readonly offers: Locator;
  /** The offer that Enter takes. */
  readonly offer: Locator;
  /** The way back to the program that ran before. */
  readonly back: Locator;
  readonly #edit: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.#edit = page.getByRole('button', { name: 'Edit the program' });
    this.panel = page.getByRole('region', { name: 'Program editor', exact: true });
    this.title = this.panel.getByRole('textbox', { name: 'Title' });
    this.apply = this.panel.getByRole('button', { name: 'Apply' });
    this.cancel = this.panel.getByRole('button', { name: 'Cancel' });
    this.save = this.panel.getByRole('button', { name: 'Save as JSON…' });
    this.pasteJson = this.panel.getByRole('button', { name: 'Paste JSON' });
    this.pasteBox = this.panel.getByRole('textbox', { name: 'Paste a program as JSON here' });
    const list = page.getByRole('listbox', { name: 'What may be written here' });
    this.offers = list.getByRole('option');
    this.offer = list.getByRole('option', { selected: true });
    this.back = page.getByRole('button', { name: 'Back to the previous program' });
  }

  async open(): Promise<void> {
    await this.#edit.click();
    await this.field('L1').waitFor();
  }

  field(name: FieldName): Locator {
    return this.panel.getByRole('textbox', { name, exact: true });
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  /** Begin a new line at the end of a field. */
  async newLine(name: FieldName): Promise<void> {
    await this.field(name).focus();
    await this.#page.keyboard.press('Control+End');
    await this.#page.keyboard.press('Enter');
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async openFile(name: string, text: string): Promise<void> {
    const chosen = this.#page.waitForEvent('filechooser');
    await this.panel.getByRole('button', { name: 'Open file…' }).click();
    await (await chosen).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  }

  /** Save, and read what was saved. */
  async saved(): Promise<{ readonly name: string; readonly text: string }> {
    const download = this.#page.waitForEvent('download');
    await this.save.click();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  }

  /** Drag a file over the page, and drop it on the chart. */
  async drop(name: string, text: string): Promise<void> {
    const dataTransfer = await this.#page.evaluateHandle(
      ([fileName = '', content = '']) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], fileName));
        return transfer;
      },
      [name, text],
    );
    for (const event of ['dragover', 'drop'])
      await this.#page.locator('main').dispatchEvent(event, { dataTransfer });
  }

  /** Paste a text where the focus is. */
  async paste(text: string): Promise<void> {
    await this.#page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.#page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.#page.keyboard.press('Control+V');
  }
}
