import { loadRecordings } from '#browser/recordings.ts';
import { idle } from '#browser/slices.ts';
import { keepOffline } from '#browser/updates.ts';
import { loadHandout } from '../print/loading.ts';

/** What the first look of the page does not need: parts that are a chunk each, and keeping all of it offline. */
const lazyParts: readonly (() => Promise<unknown>)[] = [
  () => import('./Dialogs.tsx'),
  () => import('../present/PresentPage.tsx'),
  () => import('../present/PresenterBar.tsx'),
  () => import('../present/Twin.tsx'),
  () => import('../editor/ProgramEditor.tsx'),
  () => import('../editor/loading.ts'),
  () => import('../notes/NotesSheet.tsx'),
  () => import('#scenarios/talk-file.ts'),
  () => import('../evidence/EvidenceMark.tsx'),
  () => import('../evidence/ConformanceDialog.tsx'),
  () => import('../compare/CompareDialog.tsx'),
  () => import('../share/ShareDialog.tsx'),
  () => import('./kept-runs.ts'),
  () => import('#share/link.ts'),
  async () => (await import('#browser/explorer.ts')).startExplorers(),
  loadRecordings,
  loadHandout,
  // The last: it asks for everything once more, most of it from the browser's own store.
  keepOffline,
];

/**
 * Fetch every lazy part once the page stands, while nobody waits: nothing is asked of the network later, and
 * `data-settled` on the document says so. A part that cannot be had now is tried again when it is needed.
 */
export async function warmLazyParts(): Promise<void> {
  for (const load of lazyParts) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time, so that the page stays free.
    await idle()
      .then(load)
      .catch(() => undefined);
  }
  document.documentElement.dataset['settled'] = 'true';
}
