import type { Locator, Page } from '@playwright/test';

/** What a visitor sees and does in the dialog of the settings. */
export class SettingsDialog {
  readonly singleKeys: Locator;
  readonly lessMotion: Locator;
  readonly #dialog: Locator;

  constructor(page: Page) {
    this.#dialog = page.getByRole('dialog', { name: 'Settings' });
    this.singleKeys = this.#dialog.getByRole('switch', { name: 'Single keys' });
    this.lessMotion = this.#dialog.getByRole('switch', { name: 'Less motion' });
  }

  theme(name: 'As the system has it' | 'Light' | 'Dark' | 'High contrast' | 'Projector'): Locator {
    return this.#dialog
      .getByRole('group', { name: 'Theme' })
      .getByRole('radio', { name: new RegExp(`^${name}`) });
  }

  text(name: '15 % larger' | '30 % larger'): Locator {
    return this.#dialog.getByRole('group', { name: 'Text size' }).getByRole('radio', { name });
  }
}
