import type { FrameLocator, Page } from '@playwright/test';

/** A page of somebody else's that shows svmscope in a frame, sends it messages, and keeps what it is told. */
const host = (address: string): string => `<!doctype html>
<html lang="en">
  <title>A post about nested SVM</title>
  <iframe title="svmscope" src="${address}" width="1000" height="600"></iframe>
  <script>
    window.heard = [];
    addEventListener('message', ({ data }) => heard.push(data));
  </script>
</html>`;

/** What a host sees of the embedded page, and does with it. */
export class Embedding {
  readonly frame: FrameLocator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.frame = page.frameLocator('iframe');
  }

  async open(address: string): Promise<void> {
    await this.#page.route('**/host.html', (route) =>
      route.fulfill({ contentType: 'text/html', body: host(address) }),
    );
    await this.#page.goto('./host.html');
    await this.frame.locator('html[data-settled="true"]').waitFor({ state: 'attached' });
  }

  async send(message: unknown): Promise<void> {
    await this.#page.evaluate((sent) => frames[0]?.postMessage(sent, '*'), message);
  }

  /** All that the host was told, the last one at the end. */
  async heard(): Promise<readonly unknown[]> {
    return this.#page.evaluate(() => (window as unknown as { readonly heard: readonly unknown[] }).heard);
  }

  async last(): Promise<unknown> {
    return (await this.heard()).at(-1);
  }
}
