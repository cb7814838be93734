/** What the subject of a mail says of a series: `[RFC PATCH v2 1/3] KVM: SVM: ...`. */
export interface Subject {
  /** Without what stands in brackets before it. */
  readonly title: string;
  readonly reply: boolean;
  /** `PATCH` stands in the brackets. */
  readonly patch: boolean;
  /** Other words in them: RFC, RESEND, a tree. */
  readonly tags: readonly string[];
  readonly version: number;
  readonly number: number | undefined;
  readonly of: number | undefined;
}

const brackets = /^\s*\[([^\]]*)\]\s*/;
const answer = /^\s*(?:re|aw|fwd?)\s*(?:\[\d+\])?:\s*/i;

export function readSubject(text: string): Subject {
  let title = text;
  const reply = answer.test(title);
  while (answer.test(title)) title = title.replace(answer, '');
  const tags: string[] = [];
  let [patch, version] = [false, 1];
  let place: RegExpExecArray | null = null;
  for (let found = brackets.exec(title); found && !patch; found = brackets.exec(title)) {
    title = title.slice(found[0].length);
    for (const word of found[1]!.split(/[\s,]+/).filter(Boolean)) {
      const versioned = /^(?:PATCH)?v(\d{1,3})$/i.exec(word);
      const numbered = /^(\d{1,4})\/(\d{1,4})$/.exec(word);
      if (versioned) version = Number(versioned[1]);
      else if (numbered) place = numbered;
      else if (word.toUpperCase() !== 'PATCH') tags.push(word);
      if (/^PATCH/i.test(word)) patch = true;
    }
  }
  return {
    title: title.trim(),
    reply,
    patch,
    tags,
    version,
    number: place ? Number(place[1]) : undefined,
    of: place ? Number(place[2]) : undefined,
  };
}
