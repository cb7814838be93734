import { readDiff, type FileDiff } from './diff-read.ts';
import { fail, ok, type Result } from '#base/result.ts';
import type { Mail } from './mail.ts';
import { readSubject, type Subject } from './subject.ts';

/** A line of the message such as `Signed-off-by: NAME <ADDRESS>`. */
export interface Trailer {
  readonly name: string;
  readonly value: string;
}

/** A mail, or a diff without one, as what it is in a series. */
export interface Letter {
  readonly kind: 'patch' | 'cover' | 'reply' | 'other';
  readonly subject: Subject;
  /** Whoever wrote the patch: a `From:` line in the message wins over the sender. */
  readonly author: string;
  readonly date: string;
  readonly messageId: string | undefined;
  readonly answers: readonly string[];
  /** Twelve digits or more, where the mail or the diff names one. */
  readonly commit: string | undefined;
  /** The message, without the `From:` line, trailers and what stands below `---`. */
  readonly message: string;
  readonly trailers: readonly Trailer[];
  /** What stands between `---` and the diff: remarks and the diffstat. */
  readonly below: string;
  readonly files: readonly FileDiff[];
}

const trailerForm = /^([A-Z][A-Za-z]+(?:-[A-Za-z]+)*|Link|Closes|Fixes|Cc): +(\S.*)$/;

/** The last paragraph, where it is one of trailers. */
function splitTrailers(lines: readonly string[]): readonly [readonly string[], readonly Trailer[]] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]!.trim() === '') end -= 1;
  let start = end;
  while (start > 0 && trailerForm.test(lines[start - 1]!)) start -= 1;
  const trailers = lines.slice(start, end).map((line) => {
    const [, name = '', value = ''] = trailerForm.exec(line)!;
    return { name, value };
  });
  return [lines.slice(0, start), trailers];
}

/** The author that the message itself names, and the message after it. */
function splitAuthor(lines: readonly string[]): readonly [string | undefined, readonly string[]] {
  const at = lines.findIndex((line) => line.trim() !== '');
  const named = /^From: +(\S.*)$/.exec(lines[at] ?? '');
  return named ? [named[1]!.trim(), lines.slice(at + 1)] : [undefined, lines];
}

const trimmed = (lines: readonly string[]): string => lines.join('\n').replaceAll(/^\n+|\s+$/g, '');

/** `git show` and `git log -p` begin with it. */
const logged = /^commit ([0-9a-f]{12,40})\b/;
const upstream = /^(?:commit |\[ Upstream commit )([0-9a-f]{40})(?: upstream\.| \])?$/;

function commitIn(lines: readonly string[]): string | undefined {
  const first = lines.slice(0, 5).find((line) => logged.test(line) || upstream.test(line));
  return first === undefined ? undefined : (logged.exec(first) ?? upstream.exec(first))![1];
}

function kindOf(subject: Subject, files: number): Letter['kind'] {
  if (files > 0) return 'patch';
  return subject.patch && subject.number === 0 ? 'cover' : 'other';
}

type Head = Pick<Letter, 'subject' | 'date' | 'messageId' | 'answers'>;

/** An answer, shown whole. It may propose a diff of its own; one that is only begun or mangled is part of its text. */
function readReply(head: Head, { from, text }: Mail): Letter {
  const diff = readDiff(text);
  return {
    ...head,
    kind: 'reply',
    author: from,
    commit: undefined,
    message: trimmed(text.split('\n')),
    trailers: [],
    below: '',
    files: diff.ok ? diff.value.files : [],
  };
}

/** What a mail is. One that answers another is a reply, whatever it quotes. */
export function readLetter(mail: Mail): Result<Letter, string> {
  const { date, messageId, answers, text } = mail;
  const subject = readSubject(mail.subject);
  const head = { subject, date, messageId, answers };
  if (subject.reply) return ok(readReply(head, mail));
  const diff = readDiff(text);
  if (!diff.ok) return fail(`${diff.error} of the message`);
  const { files, before } = diff.value;
  const cut = files.length > 0 ? before.findIndex((line) => /^---\s*$/.test(line)) : -1;
  const [above, below] = cut === -1 ? [before, []] : [before.slice(0, cut), before.slice(cut + 1)];
  const [author, rest] = splitAuthor(above);
  const [message, trailers] = splitTrailers(rest);
  return ok({
    ...head,
    kind: kindOf(subject, files.length),
    author: author ?? mail.from,
    commit: mail.commit ?? commitIn(above),
    message: trimmed(message),
    trailers,
    below: trimmed(below),
    files,
  });
}

/** A diff that no mail is around: of `git diff`, `git show`, `diff -u`. */
export function readBareDiff(text: string): Result<Letter, string> {
  const diff = readDiff(text);
  if (!diff.ok) return diff;
  const { files, before } = diff.value;
  if (files.length === 0) return fail('no diff in it, which has "--- FILE", "+++ FILE" and "@@ -"');
  const log = before.map((line) => line.replace(/^ {4}/, ''));
  const field = (name: string): string =>
    before
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  const shown = commitIn(before) !== undefined;
  const at = log.findIndex((line, index) => index > 0 && line === '' && shown) + 1;
  const [message, trailers] = splitTrailers(shown ? log.slice(at + 1) : log);
  return ok({
    kind: 'patch',
    subject: readSubject(shown ? (log[at] ?? '') : ''),
    author: field('Author'),
    date: field('Date') || field('AuthorDate'),
    messageId: undefined,
    answers: [],
    commit: commitIn(before),
    message: trimmed(message),
    trailers,
    below: '',
    files,
  });
}
