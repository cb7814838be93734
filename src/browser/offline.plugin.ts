import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

import type { Version } from './precache.ts';

const worker = 'offline.js';

/**
 * Build the service worker, and tell it what the page is made of. The usual plugin for this brings more packages
 * than the project has.
 */
export function offline(): Plugin {
  let publicFolder = '';
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    configResolved({ publicDir }) {
      publicFolder = publicDir;
    },
    buildStart() {
      this.emitFile({
        type: 'chunk',
        id: join(import.meta.dirname, 'offline.worker.ts'),
        fileName: worker,
      });
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunk = bundle[worker];
        if (chunk?.type !== 'chunk') throw new Error(`${worker}: not built`);
        if (chunk.imports.length > 0)
          throw new Error(`${worker}: shares ${chunk.imports.join(', ')} with the page; it must stand alone`);
        const files = new Map([...builtFiles(bundle), ...filesIn(publicFolder)]);
        chunk.code = chunk.code.replace('__VERSION__', () => JSON.stringify(versionOf(files)));
      },
    },
  };
}

type Content = string | Uint8Array;

/** What the build made, but for the worker itself. The page is asked for by its folder. */
function builtFiles(bundle: Rolldown.OutputBundle): readonly (readonly [string, Content])[] {
  return Object.values(bundle)
    .filter(({ fileName }) => fileName !== worker)
    .map((file) => [
      file.fileName === 'index.html' ? './' : file.fileName,
      file.type === 'chunk' ? file.code : file.source,
    ]);
}

/** What is served as it stands. */
function filesIn(folder: string): readonly (readonly [string, Content])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]);
}

/** Name a version by its content, in whichever order the build has it. */
export function versionOf(files: ReadonlyMap<string, Content>): Version {
  const names = [...files.keys()].toSorted();
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\0`).update(files.get(name) ?? '');
  return { name: hash.digest('hex').slice(0, 12), files: names };
}
