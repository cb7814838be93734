/** A directive of the preprocessor. */
export interface Directive {
  /** The word after the `#`; empty where there is none. */
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** A text of C with what no parser should see taken out; every offset stays what it is in the text. */
export interface Blanked {
  /** Without comments, directives and what stands in quotes. */
  readonly code: string;
  /** Without directives only: both branches of every `#if` stay. */
  readonly plain: string;
  readonly directives: readonly Directive[];
}

const quote = 34;
const apostrophe = 39;
const slash = 47;
const star = 42;
const backslash = 92;
const hash = 35;
const lineFeed = 10;

/** As many spaces, with the ends of lines where they were. */
const spaces = (text: string): string => text.replaceAll(/[^\r\n]/g, ' ');

/** The end of a comment that begins there; of the text, where nothing ends it. */
function commentEnd(text: string, at: number): number {
  if (text.charCodeAt(at + 1) === star) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  return lineEnd(text, at);
}

/** The end of a line, with the lines that a backslash joins to it. */
function lineEnd(text: string, at: number): number {
  for (let end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', end + 1)) {
    const last = text.charCodeAt(end - 1) === 13 ? end - 2 : end - 1;
    if (text.charCodeAt(last) !== backslash) return end;
  }
  return text.length;
}

/** The end of a string or a character; of the line, where no quote ends it. */
function quotedEnd(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  let end = at + 1;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === mark) return end + 1;
    if (code === backslash) end += 1;
    else if (code === lineFeed) return end;
  }
  return text.length;
}

/** The end of a directive: of its line, where no comment in it goes on. */
function directiveEnd(text: string, at: number): number {
  const end = lineEnd(text, at);
  let comment = text.indexOf('/*', at);
  while (comment >= 0 && comment < end) {
    const after = commentEnd(text, comment);
    if (after > end) return lineEnd(text, after);
    comment = text.indexOf('/*', after);
  }
  return end;
}

const isComment = (text: string, at: number): boolean => {
  const next = text.charCodeAt(at + 1);
  return next === star || next === slash;
};

/** Take out of a text of C what is no code. */
export function blank(text: string): Blanked {
  const code: string[] = [];
  const plain: string[] = [];
  const directives: Directive[] = [];
  let done = 0;
  let plainDone = 0;
  let fresh = true;
  const cut = (from: number, to: number): void => {
    code.push(text.slice(done, from), spaces(text.slice(from, to)));
    done = to;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === lineFeed) fresh = true;
    else if (char === hash && fresh) {
      const end = directiveEnd(text, at);
      const word = /^#\s*(\w{0,20})/.exec(text.slice(at, at + 60))?.[1] ?? '';
      directives.push({ word, from: at, to: end });
      cut(at, end);
      plain.push(text.slice(plainDone, at), spaces(text.slice(at, end)));
      plainDone = end;
      at = end - 1;
    } else if (char === slash && isComment(text, at)) {
      const end = commentEnd(text, at);
      cut(at, end);
      at = end - 1;
    } else if (char === quote || char === apostrophe) {
      const end = quotedEnd(text, at);
      cut(at + 1, Math.max(at + 1, end - 1));
      at = end - 1;
      fresh = false;
    } else if (char > 32) fresh = false;
  }
  code.push(text.slice(done));
  plain.push(text.slice(plainDone));
  return { code: code.join(''), plain: plain.join(''), directives };
}
