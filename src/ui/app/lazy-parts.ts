import { loadRecordings } from '#browser/recordings.ts';
import { idle } from '#browser/slices.ts';

/** The parts of the page that its first look does not need: a chunk each. */
const lazyParts: readonly (() => Promise<unknown>)[] = [
  () => import('./Dialogs.tsx'),
  () => import('../editor/ProgramEditor.tsx'),
  () => import('../editor/loading.ts'),
  () => import('../evidence/EvidenceMark.tsx'),
  () => import('../evidence/ConformanceDialog.tsx'),
  () => import('../compare/CompareDialog.tsx'),
  () => import('../settings/SettingsDialog.tsx'),
  () => import('#session/restore.ts'),
  async () => (await import('#browser/explorer.ts')).startExplorers(),
  loadRecordings,
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
