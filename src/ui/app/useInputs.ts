import { useEffect, useEffectEvent, useState } from 'react';

import { takeDrops } from '#browser/drop.ts';

interface Options {
  /** Load a program or a talk. */
  readonly onProgram: (files: readonly File[]) => void;
  /** Source was opened: the code panel shows it. */
  readonly onSource: () => void;
  readonly onProblem: (notice: string) => void;
}

/** Files that are dropped anywhere on the page, or chosen: whether some are over it, and what opens them. */
export function useInputs({ onProgram, onSource, onProblem }: Options) {
  const take = async (files: readonly File[], folders: readonly FileSystemEntry[] = []): Promise<void> => {
    const { openInputs } = await import('../inputs/open.ts');
    const opened = await openInputs(files, { onProgram, onSource }, folders);
    if (!opened.ok) onProblem(`${opened.error}. Nothing was replaced.`);
  };
  const open = (files: readonly File[], folders?: readonly FileSystemEntry[]): void =>
    void take(files, folders);
  return { isOver: useDrops(open), open };
}

/** Take files that are dropped anywhere on the page. Whether some are over it. */
function useDrops(onDrop: (files: readonly File[], folders: readonly FileSystemEntry[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent(onDrop);
  useEffect(() => takeDrops({ onOver: setOver, onDrop: (files, folders) => drop(files, folders) }), []);
  return isOver;
}
