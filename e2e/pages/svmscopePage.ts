import type { Locator, Page } from '@playwright/test';

import { ChartPanel } from './chartPanel.ts';
import { EditorPanel } from './editorPanel.ts';
import { Evidence } from './evidence.ts';
import { CompareDialog } from './compareDialog.ts';
import { CodePanel } from './codePanel.ts';
import { Handout } from './handout.ts';
import { HeaderBar } from './headerBar.ts';
import { InterceptsPanel } from './interceptsPanel.ts';
import { LanesPanel } from './lanesPanel.ts';
import { OperationsPanel } from './operationsPanel.ts';
import { Links } from './links.ts';
import { ProgramPanel } from './programPanel.ts';
import { SettingsDialog } from './settingsDialog.ts';
import { settle } from './settled.ts';
import { ShareDialog } from './shareDialog.ts';
import { StatePanel } from './statePanel.ts';
import { Talk } from './talk.ts';

/** Dialogs that a key opens and that have no page object of their own, by key and name. */
export const simpleDialogs = [
  ['s', 'Scenarios'],
  ['k', 'Kernels'],
  ['n', 'Name this branch'],
  ['o', 'Settings'],
  ['?', 'Keys'],
] as const;

/** What a visitor sees and does on the page as a whole, in the visitor's words. */
export class SvmscopePage {
  readonly heading: Locator;
  /** What a newcomer reads first: claim, note, what to press. */
  readonly story: Locator;
  /** What a screen reader is told. */
  readonly announcement: Locator;
  readonly notice: Locator;
  readonly header: HeaderBar;
  readonly program: ProgramPanel;
  readonly operations: OperationsPanel;
  readonly intercepts: InterceptsPanel;
  readonly state: StatePanel;
  readonly editor: EditorPanel;
  readonly evidence: Evidence;
  readonly compare: CompareDialog;
  readonly share: ShareDialog;
  readonly handout: Handout;
  readonly settings: SettingsDialog;
  readonly chart: ChartPanel;
  readonly lanes: LanesPanel;
  readonly code: CodePanel;
  readonly talk: Talk;
  readonly links: Links;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'svmscope' });
    this.story = page.getByRole('region', { name: 'Story' });
    this.announcement = page.getByRole('status').first();
    this.notice = page.getByRole('alert');
    this.header = new HeaderBar(page);
    this.program = new ProgramPanel(page);
    this.operations = new OperationsPanel(page);
    this.intercepts = new InterceptsPanel(page);
    this.state = new StatePanel(page);
    this.editor = new EditorPanel(page);
    this.evidence = new Evidence(page);
    this.compare = new CompareDialog(page);
    this.share = new ShareDialog(page);
    this.handout = new Handout(page);
    this.settings = new SettingsDialog(page);
    this.chart = new ChartPanel(page);
    this.lanes = new LanesPanel(page);
    this.code = new CodePanel(page);
    this.talk = new Talk(page);
    this.links = new Links(page);
  }

  /** Open the page; at another address, or with a link. */
  async open(address = './'): Promise<void> {
    await this.#page.goto(address.startsWith('#') ? `./${address}` : address);
    await this.heading.waitFor();
    await settle(this.#page);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
    await this.heading.waitFor();
    await settle(this.#page);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** The dialog of that name, opened by its key. */
  async openDialog(key: string, name: string): Promise<Locator> {
    await this.press(key);
    const dialog = this.#page.getByRole('dialog', { name });
    await dialog.waitFor();
    return dialog;
  }

  /** Show a panel where the page has room for one only. */
  async showTab(name: 'Program' | 'Chart' | 'Lanes' | 'Code' | 'State'): Promise<void> {
    await this.#page.getByRole('tab', { name }).click();
  }

  /** How far the page sticks out at the side. */
  async overflow(): Promise<number> {
    return this.#page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  }

  /** The theme that is shown. */
  async theme(): Promise<string | undefined> {
    return this.#page.evaluate(() => document.documentElement.dataset['theme']);
  }
}
