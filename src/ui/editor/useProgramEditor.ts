import { useDeferredValue, useId, useMemo, useState } from 'react';

import { saveText } from '#browser/files.ts';
import { programToText } from '#program/format.ts';
import type { LineProblem, ListingName } from '#program/notation.ts';
import type { Program } from '#program/types.ts';
import { checkedDraft, fileNameOf, isSame, type Draft } from './draft.ts';
import { loadFiles, loadText, looksLikeJson } from './loading.ts';
import { useDraft, type Message } from './useDraft.ts';

export interface EditorProps {
  /** The program that runs. */
  readonly program: Program;
  /** What was typed here and not applied. */
  readonly draft?: Draft | undefined;
  readonly onDraft?: (draft: Draft) => void;
  /** What to say at first. */
  readonly message?: Message | undefined;
  readonly onApply: (program: Program) => void;
  readonly onCancel: () => void;
}

/** Hold the text of the editor, check it as it is typed, and carry out what the visitor asks for. */
export function useProgramEditor(props: EditorProps) {
  const { program, onApply, onCancel } = props;
  const prefix = useId();
  const edited = useDraft(program, props.draft, props.message, props.onDraft);
  const { draft } = edited;
  const [pasting, setPasting] = useState(false);
  const shown = useDeferredValue(draft);
  const checked = useMemo(() => checkedDraft(shown, program), [shown, program]);
  const idOf = (field: ListingName | 'title'): string => `${prefix}${field}`;

  const load = (loaded: Program, from: string): void => {
    edited.load(loaded, from);
    setPasting(false);
  };
  const takeFiles = async (files: readonly File[]): Promise<void> => {
    const loaded = await loadFiles(files);
    if (loaded.ok) load(loaded.value.program, files[0]?.name ?? 'The file');
    else edited.say({ kind: 'refused', text: loaded.error });
  };
  const goTo = (list: ListingName, { line, column }: Pick<LineProblem, 'line' | 'column'>): void => {
    const element = document.querySelector<HTMLTextAreaElement>(`#${CSS.escape(idOf(list))}`);
    const before = draft.listings[list].split('\n').slice(0, line - 1);
    const at = before.reduce((sum, one) => sum + one.length + 1, column - 1);
    element?.focus();
    element?.setSelectionRange(at, at);
  };
  const apply = (): void => {
    // What is shown may lag behind what is typed.
    const result = checkedDraft(draft, program);
    const problem = result.ok ? undefined : result.error[0];
    if (result.ok && isSame(result.value, program)) onCancel();
    else if (result.ok) onApply(result.value);
    else if (problem?.list) goTo(problem.list, problem);
  };
  const save = (): void => {
    const result = checkedDraft(draft, program);
    if (result.ok) saveText(fileNameOf(draft.title), 'application/json', programToText(result.value));
  };
  /** Whether the text is dealt with: a document in JSON is no operation. */
  const paste = (text: string): boolean => {
    if (!looksLikeJson(text)) return false;
    const loaded = loadText(text, 'The pasted text');
    if (loaded.ok) edited.say({ kind: 'offered', program: loaded.value.program });
    else edited.say({ kind: 'refused', text: loaded.error });
    return true;
  };

  return {
    ...edited,
    program,
    checked,
    pasting,
    setPasting,
    idOf,
    load,
    takeFiles,
    goTo,
    apply,
    save,
    paste,
  };
}

export type Editor = ReturnType<typeof useProgramEditor>;
