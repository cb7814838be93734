/** Bundle TypeScript for Node, which does not read it: for the headless command and the benches. */
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');

/**
 * Write NAME.mjs into a folder for each entry NAME.ts. Packages go in too: one file loads faster than their many.
 * @param {readonly string[]} entries
 * @param {string} folder
 */
export async function bundle(entries, folder) {
  // A command whose bundle is there starts without the bundler.
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: [...entries],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
}

/** The address under which a bundled entry is imported. @param {string} entry @param {string} folder */
export const bundledAddress = (entry, folder) =>
  pathToFileURL(join(folder, `${basename(entry, extname(entry))}.mjs`)).href;
