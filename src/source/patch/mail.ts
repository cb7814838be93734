import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';

import { fail, ok, type Result } from '#base/result.ts';
import type { RawMail } from './mbox.ts';

/** A mail as far as patches need it. All of it is text of whoever wrote it. */
export interface Mail {
  readonly subject: string;
  /** `NAME <ADDRESS>` */
  readonly from: string;
  /** ISO 8601 with its time; as the mail has it where that is no date; empty where it has none. */
  readonly date: string;
  /** Without angle brackets. */
  readonly messageId: string | undefined;
  /** Message ids that it answers, the last one first. */
  readonly answers: readonly string[];
  readonly text: string;
  readonly commit: string | undefined;
}

const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function nameOf(address: Address | undefined): string {
  if (!address) return '';
  if (address.address === undefined) return address.name;
  return address.name === '' ? address.address : `${address.name} <${address.address}>`;
}

const ids = (text: string | undefined): readonly string[] =>
  (text ?? '').match(/<[^<>\s]+>/g)?.map((id) => id.slice(1, -1)) ?? [];

const isPatch = ({ mimeType, filename }: Attachment): boolean =>
  /^text\/x-(?:patch|diff)$/.test(mimeType) || /\.(?:patch|diff)$/i.test(filename ?? '');

function textOf({ text, attachments }: Email): string {
  const parts = [text ?? ''];
  for (const attachment of attachments)
    if (isPatch(attachment) && typeof attachment.content === 'string') parts.push(attachment.content);
  return parts.join('\n').replaceAll('\r\n', '\n').replaceAll('\0', '\uFFFD');
}

/** Read a mail. */
export async function readMail({ bytes, commit }: RawMail): Promise<Result<Mail, string>> {
  let email: Email;
  try {
    email = await PostalMime.parse(bytes, { attachmentEncoding: 'utf8', maxNestingDepth: 30 });
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'no mail');
  }
  const answered = [...ids(email.references), ...ids(email.inReplyTo)];
  return ok({
    subject: words(email.subject ?? ''),
    from: words(nameOf(email.from)),
    date: email.date ?? '',
    messageId: ids(email.messageId)[0],
    answers: [...new Set(answered.toReversed())],
    text: textOf(email),
    commit,
  });
}
