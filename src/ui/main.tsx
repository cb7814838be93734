import { createRoot } from 'react-dom/client';

import './tokens.css';
import './print/print.css';
import { present } from '#base/assert.ts';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { openingView } from './app/opening.ts';
import { warmLazyParts } from './app/lazy-parts.ts';
import { showStoredTheme } from './app/useTheme.ts';

showStoredTheme();
const opening = await openingView();
createRoot(present(document.getElementById('root'), 'index.html has an element #root')).render(
  <ErrorBoundary title="svmscope">
    <App opening={opening} />
  </ErrorBoundary>,
);
void warmLazyParts();
