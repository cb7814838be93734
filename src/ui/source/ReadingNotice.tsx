import { Button } from '../shared/Button.tsx';
import { useReading } from './store.ts';

/** Say which file is being read, and let the visitor stop it. */
export function ReadingNotice() {
  const now = useReading();
  if (!now) return null;
  return (
    <div
      role="status"
      className="fixed inset-x-2 bottom-2 z-50 mx-auto flex max-w-lg items-center gap-3 rounded-sm border border-line-strong bg-panel px-3 py-2 text-xs"
    >
      <p className="min-w-0 flex-1 truncate text-ink-2">{now.words}</p>
      <Button onClick={now.stop}>Stop</Button>
    </div>
  );
}
