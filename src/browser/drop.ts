/** What to do while files are dragged over the page, and with those that are dropped. */
export interface DropHandlers {
  /** Files are over the page, or no longer. */
  readonly onOver: (over: boolean) => void;
  readonly onDrop: (files: readonly File[]) => void;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

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
    onDrop([...(event.dataTransfer?.files ?? [])]);
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
