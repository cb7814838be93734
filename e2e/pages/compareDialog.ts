import { expect, type Locator, type Page } from '@playwright/test';

export type View = 'Differences' | 'Invariants' | 'What if' | 'Series' | 'How to get there';

/** What a visitor sees and does in the dialog that compares and checks kernels. */
export class CompareDialog {
  readonly dialog: Locator;
  readonly opener: Locator;
  /** How far the explorer is, or what it has done. */
  readonly status: Locator;
  readonly causes: Locator;
  readonly invariants: Locator;
  readonly ownResult: Locator;
  readonly ownField: Locator;
  readonly grid: Locator;
  readonly answer: Locator;
  readonly stop: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Compare and check' });
    this.opener = page.getByRole('button', { name: 'Compare', exact: true });
    this.status = this.dialog.getByRole('status');
    this.causes = this.dialog
      .getByRole('list', { name: 'Causes, with their shortest witness' })
      .locator('> li');
    this.invariants = this.dialog.getByRole('grid', { name: 'Invariants' });
    this.ownResult = this.dialog.getByRole('grid', { name: 'Your invariant' });
    this.ownField = this.dialog.getByRole('textbox', { name: 'Your own invariant' });
    this.grid = this.dialog.getByRole('grid', { name: 'Settings times kernels' });
    this.answer = this.dialog.getByRole('region', { name: 'Answer' });
    this.stop = this.dialog.getByRole('button', { name: 'Stop' });
  }

  /** Turn to a view, and wait for what is explored there: how long that takes is the machine's affair. */
  async show(view: View): Promise<void> {
    await this.turnTo(view);
    await this.explored();
  }

  async turnTo(view: View): Promise<void> {
    await this.dialog.getByRole('tab', { name: view }).click();
  }

  async explored(): Promise<void> {
    await expect(this.status.first()).not.toContainText(/^Exploring/, { timeout: 60_000 });
  }

  /** The field of an invariant on a kernel. */
  verdict(id: string, kernel: string): Locator {
    return this.invariants.getByRole('button', {
      name: new RegExp(`^${id} on ${kernel.replaceAll(/[.+]/g, '\\$&')}: `),
    });
  }

  async choose(label: string, value: string): Promise<void> {
    await this.dialog.getByLabel(label, { exact: true }).selectOption(value);
    await this.explored();
  }
}
