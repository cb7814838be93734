import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build, preview, type Plugin } from 'vite';

import { freePort } from './freePort.mjs';

const root = join(import.meta.dirname, '../..');

/** A server with a copy of the built page, on which a newer version can be published, and which can go away. */
export interface PublishedPage {
  readonly address: string;
  /** Build the page anew, with `data-build` on its document, in place of what is served. */
  readonly publish: (version: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function publishPage(): Promise<PublishedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'svmscope-published-'));
  await cp(join(root, 'dist'), outDir, { recursive: true });
  const server = await preview({
    root,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: Number(await freePort()) },
  });
  let isUp = true;
  return {
    address: String(server.resolvedUrls?.local[0]),
    publish: async (version) => {
      const plugins = [marked(version)];
      await build({ root, logLevel: 'warn', plugins, build: { outDir, emptyOutDir: true } });
    },
    stop: async () => {
      if (!isUp) return;
      isUp = false;
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

/** A change of the sources: a statement more in the page's first module. */
function marked(version: string): Plugin {
  return {
    name: 'marked',
    transform: {
      filter: { id: /\/ui\/main\.tsx$/ },
      handler: (code) => `document.documentElement.dataset.build = ${JSON.stringify(version)};\n${code}`,
    },
  };
}
