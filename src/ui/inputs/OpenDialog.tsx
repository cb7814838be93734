import { pickFiles, pickFolder } from '#browser/files.ts';
import { isInTree, isWanted } from '#source/c/wanted.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { inputKinds } from './table.ts';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onClose: () => void;
}

/** Offer to open a file, and say what can be opened and what comes of it. */
export function OpenDialog({ onFiles, onClose }: Props) {
  const choose = async (): Promise<void> => {
    const files = await pickFiles();
    if (files.length === 0) return;
    onClose();
    onFiles(files);
  };
  const chooseFolder = async (): Promise<void> => {
    const files = await pickFolder();
    if (files.length === 0) return;
    onClose();
    onFiles(files.filter(({ webkitRelativePath: path }) => isInTree(path) && isWanted(path)));
  };
  return (
    <Dialog title="Open a file" onClose={onClose}>
      <div className="flex flex-col gap-3 p-3 text-xs">
        <p className="text-ink-2">
          Drop files or a folder anywhere on the page, or choose them here. They are read on this machine and
          stay there; what they are is told from what is in them.
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <Button tone="primary" first onClick={() => void choose()}>
            Choose files …
          </Button>
          <Button onClick={() => void chooseFolder()}>Choose a kernel tree …</Button>
        </div>
        <dl className="grid border-t border-line">
          {inputKinds.map(({ id, title, about }) => (
            <div
              key={id}
              className="grid gap-x-3 border-b border-line py-1.5 last:border-b-0 sm:grid-cols-[8.5rem_minmax(0,1fr)]"
            >
              <dt className="font-semibold">{title}</dt>
              <dd className="text-ink-2">{about}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
