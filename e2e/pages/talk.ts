import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does of a talk: in the story bar, and where its notes are written. */
export class Talk {
  readonly head: Locator;
  readonly next: Locator;
  readonly back: Locator;
  readonly notes: Locator;
  readonly notesButton: Locator;
  readonly stops: Locator;
  readonly text: Locator;
  readonly title: Locator;
  readonly preview: Locator;
  readonly add: Locator;
  readonly save: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.head = page.getByRole('group', { name: 'Talk', exact: true });
    this.next = this.head.getByRole('button', { name: 'Next stop' });
    this.back = this.head.getByRole('button', { name: 'Back to the stop' });
    this.notesButton = page.getByRole('button', { name: 'Notes', exact: true });
    this.notes = page.getByRole('region', { name: 'Notes', exact: true });
    this.stops = this.notes.getByRole('region', { name: 'Stops' }).getByRole('listitem');
    this.text = this.notes.getByRole('textbox', { name: 'What to say' });
    this.title = this.notes.getByRole('textbox', { name: 'Title of the stop' });
    this.preview = this.notes.getByRole('group', { name: 'Preview' });
    this.add = this.notes.getByRole('button', { name: 'Add a stop here' });
    this.save = this.notes.getByRole('button', { name: 'Save as JSON…' });
  }

  /** Start the talk of that name. */
  async start(name: RegExp): Promise<void> {
    await this.#page.keyboard.press('s');
    await this.#page.getByRole('region', { name: 'Talks' }).getByRole('button', { name }).click();
  }
}
