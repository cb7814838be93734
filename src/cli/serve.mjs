/**
 * Build the page and serve it: `npm start`.
 *
 * PORT chooses where; a port in use moves on to the next free one. `--built` serves dist/ as it stands, for the
 * end-to-end tests.
 */
import { join } from 'node:path';

import { build, preview } from 'vite';

const root = join(import.meta.dirname, '../..');
const port = Number(process.env['PORT'] || '4173');

if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`svmscope: PORT: ${process.env['PORT']} is no number from 1 to 65535`);
  process.exit(2);
}

// A terminated npm terminates its shell only: follow the shell, or the port stays taken.
if (process.env['npm_lifecycle_event'] === 'start') {
  const shell = process.ppid;
  setInterval(() => process.ppid === shell || process.exit(), 500).unref();
}

if (!process.argv.includes('--built')) await build({ root, logLevel: 'warn' });

// The literal address: `localhost` would bind to IPv6 alone on some machines.
const host = '127.0.0.1';
const server = await preview({ root, logLevel: 'warn', preview: { host, port } });
const bound = server.httpServer.address();
if (bound === null || typeof bound === 'string') throw new Error('the preview server has no port');
console.log(`svmscope: http://${host}:${bound.port}/`);
