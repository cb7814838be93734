import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { favicon } from './src/browser/favicon.plugin.ts';
import { offline } from './src/browser/offline.plugin.ts';
import { oneFile } from './src/browser/one-file.plugin.ts';
import { chartLayout } from './src/ui/chart/chart-layout.plugin.ts';

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
    },
    test: {
      environment: 'node',
      include: ['src/**/*.test.{ts,tsx}'],
      benchmark: { include: ['bench/**/*.bench.ts'] },
    },
  };
});
