import { useState } from 'react';

import { present } from '#base/assert.ts';
import { pickFile, saveText } from '#browser/files.ts';
import type { Stop, Talk } from '#program/talk.ts';
import { talkFileText } from '#scenarios/talk-file.ts';
import { standingOf, talkOf } from '#scenarios/talks.ts';
import type { Session } from '#session/session.ts';
import {
  changeStop,
  insertStop,
  moveStop,
  placeNow,
  removeStop,
  withTalk,
  type StopChange,
} from '#session/talk-edit.ts';
import { fileNameOf } from '../editor/draft.ts';
import type { NotesProps } from './NotesSheet.tsx';

/** The talk as it is edited: that of the run, or an empty one. */
function editedTalk(session: Session): Talk {
  return talkOf(session) ?? { title: session.program.title, stops: [] };
}

interface Removed {
  readonly stop: Stop;
  readonly index: number;
}

/** What the notes sheet does. Whatever is changed becomes the visitor's own talk. */
export function useNotes({ session, dispatch, onFiles }: NotesProps) {
  const [removed, setRemoved] = useState<Removed>();
  const standing = standingOf(session);
  const index = standing?.index ?? 0;

  const edit = (change: (talk: Talk) => Talk, stop?: number): void =>
    dispatch((now) => withTalk(now, change(editedTalk(now)), stop ?? now.stop));
  const change = (what: StopChange): void => edit((talk) => changeStop(talk, index, what), index);

  return {
    talk: editedTalk(session),
    index,
    stop: standing?.stop,
    here: standing?.here === true,
    place: placeNow(session),
    removed,
    change,
    rename: (title: string): void => edit((talk) => ({ ...talk, title }), index),
    add: (): void => {
      const { at, scenario } = present(placeNow(session), 'a step of the program');
      const stop: Stop = { at, ...(scenario !== undefined && { scenario }), text: '' };
      const to = standing ? index + 1 : 0;
      edit((talk) => insertStop(talk, to, stop), to);
    },
    move: (by: number): void => edit((talk) => moveStop(talk, index, index + by), index + by),
    remove: (): void => {
      if (standing) setRemoved({ stop: standing.stop, index });
      edit((talk) => removeStop(talk, index), index);
    },
    undo: (): void => {
      if (removed) edit((talk) => insertStop(talk, removed.index, removed.stop), removed.index);
      setRemoved(undefined);
    },
    save: (): void => {
      const talk = editedTalk(session);
      saveText(fileNameOf(talk.title), 'application/json', talkFileText(session, talk));
    },
    open: async (): Promise<void> => {
      const file = await pickFile('.json,application/json');
      if (file) onFiles([file]);
    },
    startOver: (): void => dispatch((now) => ({ ...now, talk: undefined, stop: 0 })),
  };
}

export type Notes = ReturnType<typeof useNotes>;
