import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Plugin } from 'vite';

/**
 * The icon within the page. Browsers ask for it anew whenever the address changes, be it by a link in the fragment,
 * and the page asks nothing of the network once it stands.
 */
export function favicon(): Plugin {
  return {
    name: 'favicon',
    transformIndexHtml: (html) =>
      html.replace('./favicon.svg', () => `data:image/svg+xml;base64,${icon().toString('base64')}`),
  };
}

const icon = (): Buffer => readFileSync(join(import.meta.dirname, '../../public/favicon.svg'));
