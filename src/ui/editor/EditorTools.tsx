import { pickFile } from '#browser/files.ts';
import { Button } from '../shared/Button.tsx';

interface Props {
  readonly canSave: boolean;
  readonly pasting: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onSave: () => void;
  readonly onPasting: () => void;
}

/** The ways in and out of the editor as files and as text. */
export function EditorTools({ canSave, pasting, onFiles, onSave, onPasting }: Props) {
  const open = async (): Promise<void> => {
    const file = await pickFile('.json,application/json');
    if (file) onFiles([file]);
  };
  return (
    <div role="group" aria-label="Files" className="flex flex-wrap gap-1 border-b border-line px-2 py-1">
      <Button onClick={() => void open()} title="Or drop a file anywhere on the page">
        Open file…
      </Button>
      <Button off={!canSave} onClick={onSave}>
        Save as JSON…
      </Button>
      <Button pressed={pasting} onClick={onPasting}>
        Paste JSON
      </Button>
    </div>
  );
}
