import { createRoot } from 'react-dom/client';

import './tokens.css';
import { present } from '#base/assert.ts';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { openingSession } from './app/opening.ts';
import { warmLazyParts } from './app/lazy-parts.ts';
import { startSettings } from './settings/store.ts';

startSettings();
const opening = await openingSession();
createRoot(present(document.getElementById('root'), 'index.html has an element #root')).render(
  <ErrorBoundary title="svmscope">
    <App opening={opening} />
  </ErrorBoundary>,
);
void warmLazyParts();
