import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { favicon } from './src/browser/favicon.plugin.ts';
import { chartLayout } from './src/ui/chart/chart-layout.plugin.ts';

export default defineConfig({
  // Relative addresses: the built page works from any folder of any server.
  base: './',
  // One page: an unknown address is a 404, not the page again.
  appType: 'mpa',
  plugins: [chartLayout(), favicon(), react(), tailwindcss()],
  worker: { format: 'es' },
  build: {
    target: 'es2024',
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    benchmark: { include: ['bench/**/*.bench.ts'] },
  },
});
