import { loadRecordings } from '#browser/recordings.ts';
import { idle } from '#browser/slices.ts';
import { keepOffline } from '#browser/updates.ts';
import { loadHandout } from '../print/loading.ts';

type Load = () => Promise<unknown>;

/** What panels need that the first look does not: a chunk each. */
const panelParts: readonly Load[] = [() => import('../evidence/EvidenceMark.tsx'), loadRecordings];

/** What the rest of the page needs. */
const pageParts: readonly Load[] = [
  () => import('./Dialogs.tsx'),
  () => import('../present/PresentPage.tsx'),
  () => import('../present/PresenterBar.tsx'),
  () => import('../present/Twin.tsx'),
  () => import('../editor/ProgramEditor.tsx'),
  () => import('../editor/loading.ts'),
  () => import('../inputs/open.ts'),
  () => import('../source/open.ts'),
  () => import('../source/SourceView.tsx'),
  () => import('../source/SourceItem.tsx'),
  () => import('../notes/NotesSheet.tsx'),
  () => import('../patch/open.ts'),
  () => import('../patch/PatchSheet.tsx'),
  () => import('#scenarios/talk-file.ts'),
  () => import('../evidence/ConformanceDialog.tsx'),
  () => import('../compare/CompareDialog.tsx'),
  () => import('../share/ShareDialog.tsx'),
  () => import('../settings/SettingsDialog.tsx'),
  () => import('./kept-runs.ts'),
  () => import('#share/link.ts'),
  async () => (await import('#browser/explorer.ts')).startExplorers(),
  () => import('../recording/importing.ts'),
  () => import('../recording/RecordingPage.tsx'),
  () => import('../recording/RecordingNotices.tsx'),
  async () => (await import('#browser/recording.ts')).warmReader(),
  loadHandout,
];

/**
 * Fetch every lazy part once the page stands, while nobody waits: nothing is asked of the network later, and
 * `data-settled` on the document says so. A part that cannot be had now is tried again when it is needed.
 * Keeping the page offline is the last: it asks for everything once more, most of it from the browser's own store.
 */
export async function warmLazyParts(of: 'page' | 'panels'): Promise<void> {
  for (const load of of === 'page' ? [...pageParts, ...panelParts, keepOffline] : panelParts) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- one at a time, so that the page stays free.
    await idle()
      .then(load)
      .catch(() => undefined);
  }
  document.documentElement.dataset['settled'] = 'true';
}
