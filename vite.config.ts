import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { favicon } from './src/browser/favicon.plugin.ts';
import { offline } from './src/browser/offline.plugin.ts';
import { oneFile } from './src/browser/one-file.plugin.ts';
import { chartLayout } from './src/ui/chart/chart-layout.plugin.ts';

/** All that the first look needs, and nothing of the service worker, which stands alone. */
const firstLook = {
  name: 'first',
  tags: ['$initial' as const],
  test: (id: string): boolean => !/\/(offline\.worker|precache)\.ts$/.test(id),
};

export default defineConfig(({ mode }) => {
  // `--mode file`: the whole page as one file. Else the page as it is served.
  const inOneFile = mode === 'file';
  return {
    // Relative addresses: the built page works from any folder of any server.
    base: './',
    // One page: an unknown address is a 404, not the page again.
    appType: 'mpa',
    publicDir: inOneFile ? false : 'public',
    plugins: [chartLayout(), favicon(), react(), tailwindcss(), inOneFile ? oneFile() : offline()],
    // From memory of a page that was opened from disk, Chromium starts no module.
    worker: { format: inOneFile ? 'iife' : 'es' },
    build: {
      target: 'es2024',
      outDir: inOneFile ? 'dist-file' : 'dist',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
      // What the first look needs comes as one file: two dozen small ones are compressed worse by a tenth.
      ...(inOneFile
        ? {}
        : {
            rolldownOptions: {
              output: { codeSplitting: { groups: [firstLook] } },
            },
          }),
    },
    test: {
      environment: 'node',
      include: ['src/**/*.test.{ts,tsx}'],
      benchmark: { include: ['bench/**/*.bench.ts'] },
    },
  };
});
