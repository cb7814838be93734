import { createRoot } from 'react-dom/client';

import './tokens.css';
import './print/print.css';
import { embedQuery } from '#browser/frames.ts';
import { present } from '#base/assert.ts';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { openingView } from './app/opening.ts';
import { warmLazyParts } from './app/lazy-parts.ts';
import { startSettings } from './settings/store.ts';

/** Not at the top of the module: what is fetched here needs this module itself, and would wait for it for ever. */
async function start(): Promise<void> {
  const embed = embedQuery();
  startSettings(embed && ((name) => (name === 'theme' ? embed.theme : undefined)));
  const page = embed ? (
    (await import('./embed/embedded.tsx')).embedded(embed)
  ) : (
    <App opening={await openingView()} />
  );
  createRoot(present(document.getElementById('root'), 'index.html has an element #root')).render(
    <ErrorBoundary title="svmscope">{page}</ErrorBoundary>,
  );
  await warmLazyParts(embed ? 'panels' : 'page');
}

void start();
