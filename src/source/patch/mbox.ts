/** A mail of a mailbox, as its bytes. */
export interface RawMail {
  readonly bytes: Uint8Array;
  /** The commit that `git format-patch` names in the line before the mail. */
  readonly commit: string | undefined;
}

const letters = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 200)));

/** `From SENDER DATE`, as mailboxes and `git format-patch` begin a mail. */
const envelope = /^From (\S+) .*\b\d{2}:\d{2}:\d{2} (?:\S+ )?\d{4}\r?$/;

const newline = 10;
const from = [70, 114, 111, 109, 32] as const;

const fromAt = (bytes: Uint8Array, at: number): boolean =>
  from.every((code, index) => bytes[at + index] === code);

function lineEnd(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(newline, at);
  return end === -1 ? bytes.length : end;
}

/** Whether a mail begins at a line: the first of the file, or one after an empty line. */
function envelopeAt(bytes: Uint8Array, at: number): RegExpExecArray | null {
  if (!fromAt(bytes, at)) return null;
  const before = bytes[at - 2] === 13 ? at - 3 : at - 2;
  if (at > 1 && bytes[before] !== newline) return null;
  return envelope.exec(letters(bytes, at, lineEnd(bytes, at)));
}

/** `>From ` stands for `From ` at the beginning of a line, `>>From ` for `>From `. */
function unescaped(bytes: Uint8Array): Uint8Array {
  const drop: number[] = [];
  for (let at = 0; at < bytes.length; at = lineEnd(bytes, at) + 1) {
    let marks = 0;
    while (bytes[at + marks] === 62) marks += 1;
    if (marks > 0 && fromAt(bytes, at + marks)) drop.push(at);
  }
  if (drop.length === 0) return bytes;
  const kept = new Uint8Array(bytes.length - drop.length);
  let [to, done] = [0, 0];
  for (const at of [...drop, bytes.length]) {
    kept.set(bytes.subarray(done, at), to);
    to += at - done;
    done = at + 1;
  }
  return kept;
}

/** The mails of a mailbox; undefined where the bytes are none. */
export function splitMbox(bytes: Uint8Array): readonly RawMail[] | undefined {
  if (!envelopeAt(bytes, 0)) return undefined;
  const starts: { readonly at: number; readonly body: number; readonly commit: string | undefined }[] = [];
  for (let at = 0; at < bytes.length; at = lineEnd(bytes, at) + 1) {
    const found = envelopeAt(bytes, at);
    if (!found) continue;
    const sender = found[1]!;
    const commit = /^[0-9a-f]{40}$/.test(sender) && !/^0+$/.test(sender) ? sender : undefined;
    starts.push({ at, body: lineEnd(bytes, at) + 1, commit });
  }
  return starts.map(({ body, commit }, index) => ({
    bytes: unescaped(bytes.subarray(body, starts[index + 1]?.at ?? bytes.length)),
    commit,
  }));
}
