import { inMegabytes } from '#base/figures.ts';
import { fail, ok, type Result } from '#base/result.ts';
import { isMail } from './head.ts';
import { readBareDiff, readLetter, type Letter } from './letter.ts';
import { limits } from './limits.ts';
import { readMail } from './mail.ts';
import { splitMbox, type RawMail } from './mbox.ts';
import { gather, type PatchSet } from './series.ts';

/** A file that may hold patches, unpacked. */
export interface PatchFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8. */
  readonly text: string;
}

const quoted = (subject: string): string => `"${subject.length > 60 ? `${subject.slice(0, 60)}…` : subject}"`;

async function readMails(
  mails: readonly RawMail[],
  pause: () => Promise<void>,
): Promise<Result<readonly Letter[], string>> {
  if (mails.length > limits.mails) return fail(`${mails.length} mails, at most ${limits.mails}`);
  const letters: Letter[] = [];
  for (const [index, raw] of mails.entries()) {
    const which = mails.length === 1 ? '' : `mail ${index + 1}: `;
    if (raw.bytes.length > limits.mail)
      return fail(`${which}${inMegabytes(raw.bytes.length)}, at most ${inMegabytes(limits.mail)}`);
    // oxlint-disable-next-line eslint/no-await-in-loop -- in order, so that the first wrong one is named.
    await pause();
    // oxlint-disable-next-line eslint/no-await-in-loop -- the same.
    const mail = await readMail(raw);
    if (!mail.ok) return fail(`${which}${mail.error}`);
    const letter = readLetter(mail.value);
    if (!letter.ok) return fail(`${which}${quoted(mail.value.subject)}, ${letter.error}`);
    letters.push(letter.value);
  }
  return ok(letters);
}

async function readFile(
  { bytes, text }: PatchFile,
  pause: () => Promise<void>,
): Promise<Result<readonly Letter[], string>> {
  if (bytes.length > limits.file)
    return fail(`${inMegabytes(bytes.length)}, at most ${inMegabytes(limits.file)}`);
  const mails = splitMbox(bytes);
  if (mails) return readMails(mails, pause);
  if (isMail(text)) return readMails([{ bytes, commit: undefined }], pause);
  const diff = readBareDiff(text);
  return diff.ok ? ok([diff.value]) : diff;
}

/**
 * Read mailboxes, mails and diffs. What is wrong is said in one line: where, what, what is allowed. `pause` is awaited
 * between mails, for whoever has something else to do as well.
 */
export async function openPatches(
  files: readonly PatchFile[],
  pause: () => Promise<void> = async () => undefined,
): Promise<Result<PatchSet, string>> {
  const letters: Letter[] = [];
  for (const file of files) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- in order, so that the first wrong one is named.
    const read = await readFile(file, pause);
    if (!read.ok) return fail(`${file.name}: ${read.error}`);
    letters.push(...read.value);
  }
  const name = files.length === 1 ? files[0]!.name : `${files.length} files`;
  const set = gather(name, letters);
  if (letters.some((letter) => letter.files.length > 0)) return ok(set);
  const mails = letters.length === 1 ? 'its mail has none' : `none of its ${letters.length} mails has one`;
  return fail(`${name}: no patch in it: a patch has a diff, and ${mails}`);
}
