/** What to do while files are dragged over the page, and with those that are dropped. */
export interface DropHandlers {
  /** Files are over the page, or no longer. */
  readonly onOver: (over: boolean) => void;
  readonly onDrop: (files: readonly File[], folders: readonly FileSystemEntry[]) => void;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** What the system says of each dropped file: whether it is a folder. Known only while the event is handled. */
function entriesOf({ dataTransfer }: DragEvent): readonly (FileSystemEntry | null)[] {
  const items = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  return items.map((item) => item.webkitGetAsEntry());
}

/** Take files that are dropped anywhere on the page. Ends with the function that it returns. */
export function takeDrops({ onOver, onDrop }: DropHandlers): () => void {
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    // Without this the browser would leave the page for the file.
    event.preventDefault();
    onOver(true);
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) onOver(false);
  };
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    onOver(false);
    const entries = entriesOf(event);
    const folders = entries.filter((entry) => entry?.isDirectory === true);
    // A folder stands among the files too, and cannot be read as one.
    const files = [...(event.dataTransfer?.files ?? [])].filter(
      (_, index) => entries[index]?.isDirectory !== true,
    );
    onDrop(
      files,
      folders.filter((entry) => entry !== null),
    );
  };
  addEventListener('dragover', over);
  addEventListener('dragleave', leave);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('dragleave', leave);
    removeEventListener('drop', drop);
  };
}
