import { documentOf } from './content.ts';
import { plainText } from './plain.ts';
import type { Subject } from './subject.ts';

/** The operation at the cursor as the text of a mail. */
export function replyText(subject: Subject): string {
  return plainText(documentOf(subject));
}
