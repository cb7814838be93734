import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin, PluginOption } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const fileName = 'svmscope.html';

/** Make the whole page one file that opens from disk. */
export const oneFile = (): PluginOption[] => [
  workersInside(),
  linksInside(),
  viteSingleFile({ outputFileName: fileName }),
  policy(),
];

/** A page opened from disk may not start a worker by address: take the modules that have its code inside. */
function workersInside(): Plugin {
  return {
    name: 'one-file-workers',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\/(explorer|recording)-start\.ts$/ },
      handler: (id) => join(import.meta.dirname, basename(id).replace(/\.ts$/, '.inline.ts')),
    },
  };
}

/** The manifest goes: a file cannot be installed. */
function linksInside(): Plugin {
  return {
    name: 'one-file-links',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/ *<link rel="manifest"[^>]*>\n/, ''),
    },
  };
}

/** Have the browser hold the file to it: its own script and nothing else, and not one request. */
function policy(): Plugin {
  return {
    name: 'one-file-policy',
    enforce: 'post',
    writeBundle({ dir = '' }) {
      const path = join(dir, fileName);
      writeFileSync(path, withPolicy(readFileSync(path, 'utf8')));
    },
  };
}

/** Add the policy to a page with one script. Workers start from memory; styles can do no harm without requests. */
function withPolicy(html: string): string {
  const script = /<script[^>]*>(.*?)<\/script>/s.exec(html)?.[1];
  if (script === undefined) throw new Error(`${fileName}: no script in it`);
  const hash = createHash('sha256').update(script).digest('base64');
  const rules = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const meta = `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`;
  return html.replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${meta}`);
}
