import { test as base } from '@playwright/test';
import type { BrowserContext, Request } from '@playwright/test';

import { settledPages } from './pages/settled.ts';
import { SvmscopePage } from './pages/svmscopePage.ts';

interface Fixtures {
  readonly svmscope: SvmscopePage;
  /** Fails the test for what no visitor should meet: errors in the console, requests that leave the page. */
  readonly guard: void;
}

export const test = base.extend<Fixtures>({
  svmscope: async ({ page }, provide) => {
    await provide(new SvmscopePage(page));
  },
  guard: [
    async ({ context, baseURL }, provide) => {
      const troubles: string[] = [];
      watch(context, new URL(String(baseURL)).origin, (trouble) => troubles.push(trouble));
      await provide();
      expect(troubles, 'the page ran without errors and kept to itself').toEqual([]);
    },
    { auto: true },
  ],
});

export const { expect } = base;

/** Report every error and every forbidden request of all pages, popups and workers. */
function watch(context: BrowserContext, origin: string, report: (trouble: string) => void): void {
  context.on('weberror', (error) => report(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const address = new URL(request.url());
    if (isInPage(address)) return;
    if (address.origin !== origin) report(`${nameOf(request)}: leaves the page's own server`);
    if (request.method() !== 'GET' || (address.search !== '' && !isEmbedding(request)))
      report(`${nameOf(request)}: sends something`);
  });
  context.on('page', (page) => {
    page.on('request', (request) => {
      if (request.isNavigationRequest()) settledPages.delete(page);
      else if (settledPages.has(page) && !isInPage(new URL(request.url())))
        report(`${nameOf(request)}: asked for after the page had settled`);
    });
  });
}

/** The address of a frame says what it shows; nothing of the visitor's is in it. */
const isEmbedding = (request: Request): boolean =>
  request.isNavigationRequest() && new URL(request.url()).searchParams.has('embed');

const nameOf = (request: Request): string => `${request.method()} ${request.url()}`;

/** Whether an address stays within the page: nothing goes over the network. */
const isInPage = ({ protocol }: URL): boolean => protocol === 'data:' || protocol === 'blob:';
