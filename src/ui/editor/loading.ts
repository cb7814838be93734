import { textOf } from '#browser/files.ts';
import { fail, ok, type Result } from '#base/result.ts';
import { problemLine } from '#program/parse.ts';
import type { TalkFile } from '#program/talk.ts';
import type { Program } from '#program/types.ts';
import { parseFileText } from '#scenarios/talk-file.ts';
import { draftOf, type Draft } from './draft.ts';
import type { Message } from './useDraft.ts';

/** Bytes of the longest file that is read. */
const mostBytes = 1_000_000;

/** What a text in JSON describes, a program or a talk, or one line that says where it is wrong, what, and what is allowed. */
export function loadText(text: string, from: string): Result<TalkFile, string> {
  const parsed = parseFileText(text);
  return parsed.ok ? ok(parsed.value) : fail(`${from}: ${problemLine(parsed.error)}`);
}

/** What the one file holds that was dropped or chosen. */
export async function loadFiles(files: readonly File[]): Promise<Result<TalkFile, string>> {
  const [file] = files;
  if (!file || files.length > 1) return fail(`${files.length} files, one at a time`);
  const text = await textOf(file, mostBytes);
  return text.ok ? loadText(text.value, file.name) : fail(`${file.name}: ${text.error}`);
}

/** What the editor holds once the program is in its fields, and what it says about that. */
export function draftFromFile(
  loaded: Program,
  name: string,
  draft: Draft | undefined,
  running: Program,
): { readonly draft: Draft; readonly message: Message } {
  return {
    draft: { ...draftOf(loaded), frame: loaded },
    message: { kind: 'replaced', text: `${name} is in the fields now.`, before: draft ?? draftOf(running) },
  };
}

/** Whether a pasted text is meant to be a document: no operation begins like that. */
export function looksLikeJson(text: string): boolean {
  return /^\s*\{/.test(text);
}
