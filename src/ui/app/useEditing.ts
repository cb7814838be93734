import { useCallback, useMemo, useState } from 'react';

import { present } from '#base/assert.ts';
import type { Program } from '#program/types.ts';
import { startSession, type Session } from '#session/session.ts';
import { programNow } from '#session/what-if.ts';
import type { Draft } from '../editor/draft.ts';
import type { Message } from '../editor/useDraft.ts';

interface Options {
  readonly session: Session;
  readonly onOpen: (session: Session) => void;
  readonly onTab: (tab: 'program') => void;
}

/** The run that was left for another program. */
interface Left {
  readonly session: Session;
  /** What the other program is called. */
  readonly for: string;
}

/** A program that was dropped on the open editor. */
interface Arrival {
  /** Each one is met by a new editor. */
  readonly count: number;
  readonly message: Message;
}

type Drafts = Readonly<Record<string, Draft>>;

/** A run of a program that was edited. Notes to what it was go on with what it has become. */
function editedRun({ talk, kernels }: Session, program: Program): Session {
  const notes = talk?.kind === 'own' && talk.program === undefined ? talk : undefined;
  return { ...startSession(program, kernels), talk: notes };
}

/** What reads files, loaded with the first one. */
async function loading() {
  const { draftFromFile, loadFiles } = await import('../editor/loading.ts');
  const { openFile } = await import('#scenarios/talk-file.ts');
  return { draftFromFile, loadFiles, openFile };
}

/** The program editor as the page has it: open or not, the drafts of this visit, programs that are opened from files. */
export function useEditing({ session, onOpen, onTab }: Options) {
  const [isOpen, setOpen] = useState(false);
  const [left, setLeft] = useState<Left>();
  const [refused, setRefused] = useState<string>();
  const [arrival, setArrival] = useState<Arrival>();
  const [drafts, setDrafts] = useState<Drafts>({});
  /** What a draft belongs to: the program as it was opened, whatever switches have been turned since. */
  const key = useMemo(() => JSON.stringify(session.program), [session.program]);
  const draft = drafts[key];

  const keep = (program: string, kept: Draft): void => setDrafts((all) => ({ ...all, [program]: kept }));
  const open = useCallback(() => {
    onTab('program');
    setOpen(true);
  }, [onTab]);
  const close = (): void => {
    setOpen(false);
    setArrival(undefined);
    requestAnimationFrame(() => document.getElementById('edit-program')?.focus());
  };
  const start = (run: Session, name: string): void => {
    setLeft({ session, for: name });
    onOpen(run);
  };
  const apply = (program: Program): void => {
    // With its comments it is found again when the program is edited further.
    if (draft) keep(JSON.stringify(program), { title: draft.title, listings: draft.listings });
    start(editedRun(session, program), 'The edited program');
    close();
  };
  const drop = async (files: readonly File[]): Promise<void> => {
    const { draftFromFile, loadFiles, openFile } = await loading();
    const loaded = await loadFiles(files);
    setRefused(loaded.ok ? undefined : `${loaded.error}. Nothing was replaced.`);
    if (!loaded.ok) return;
    const { name } = present(files[0], 'the file that was loaded');
    if (!isOpen) return start(openFile(loaded.value, session.kernels), name);
    const arrived = draftFromFile(loaded.value.program, name, draft, programNow(session));
    keep(key, arrived.draft);
    setArrival({ count: (arrival?.count ?? 0) + 1, message: arrived.message });
    onTab('program');
  };
  const take = (files: readonly File[]): void => void drop(files);

  return {
    isOpen,
    key,
    draft,
    arrival,
    left,
    refused,
    open,
    close,
    apply,
    take,
    keep: (kept: Draft): void => keep(key, kept),
    dismiss: (): void => {
      setLeft(undefined);
      setRefused(undefined);
    },
  };
}

export type Editing = ReturnType<typeof useEditing>;
