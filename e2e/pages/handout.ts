import type { Locator, Page } from '@playwright/test';

/** What is printed. */
export class Handout {
  readonly article: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.article = page.getByRole('article');
  }

  /** What the browser says before it prints. */
  async begin(): Promise<void> {
    await this.#page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  }

  async end(): Promise<void> {
    await this.#page.evaluate(() => dispatchEvent(new Event('afterprint')));
  }

  /** Texts that stand beyond the paper's right edge or in a box that does not show all of them. */
  async cutOff(): Promise<readonly string[]> {
    return this.article.evaluate((article) => {
      const edge = article.getBoundingClientRect().right + 1;
      return [article, ...article.querySelectorAll('*')]
        .filter((element) => {
          // What only a screen reader is told is one pixel wide.
          const { overflowX, overflowY } = getComputedStyle(element);
          const hides = element.clientWidth > 1 && (overflowX !== 'visible' || overflowY !== 'visible');
          const clipped =
            hides &&
            (element.scrollWidth > element.clientWidth + 1 ||
              element.scrollHeight > element.clientHeight + 1);
          return clipped || element.getBoundingClientRect().right > edge;
        })
        .map((element) => element.textContent.slice(0, 60));
    });
  }
}
