/** What a text is, told from its beginning. */

/** Whether a text begins as a mail does: with headers, one of them its subject or its sender. */
export function isMail(text: string): boolean {
  const head = text.slice(0, 20_000).split(/\r?\n\r?\n/, 1)[0]!;
  return (
    /^[A-Za-z][\w-]*:[ \t]?/.test(head) && /^(?:Subject|From|Message-ID|Return-Path|Received):/im.test(head)
  );
}

/** Whether the beginning of a text looks like mails or a diff. */
export function looksLikePatch(name: string, head: string): boolean {
  if (/\.(?:mbox|eml|patch|diff)(?:\.gz)?$/i.test(name)) return true;
  if (/^From \S+ .*\d{4}\r?\n/.test(head) || isMail(head)) return true;
  return /^diff --git \S/m.test(head) || /^--- \S.*\r?\n\+\+\+ \S.*\r?\n@@ -\d/m.test(head);
}
