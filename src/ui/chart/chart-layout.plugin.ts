import { join } from 'node:path';
import { runnerImport, type Plugin } from 'vite';

import type { ChartLayout } from './layout/types.ts';

const name = 'virtual:chart-layout';
const resolved = `\0${name}`;
const source = join(import.meta.dirname, 'layout/compute.ts');

/**
 * Lay out the chart while the page is built, from the machine itself, and hand the page the coordinates.
 *
 * Neither ELK nor the placing of the frames becomes part of the page. A change of the machine lays it out again.
 */
export function chartLayout(): Plugin {
  return {
    name: 'chart-layout',
    resolveId: {
      filter: { id: /^virtual:chart-layout$/ },
      handler: () => resolved,
    },
    load: {
      filter: { id: /chart-layout$/ },
      async handler(id) {
        if (id !== resolved) return undefined;
        const { module, dependencies } = await runnerImport<{ computeLayout: () => Promise<ChartLayout> }>(
          source,
        );
        for (const path of [source, ...dependencies]) this.addWatchFile(path);
        return `export const layout = ${JSON.stringify(await module.computeLayout())};`;
      },
    },
  };
}
