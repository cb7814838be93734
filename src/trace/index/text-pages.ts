import { decodeUtf8 } from '#base/utf8.ts';
import { textEnd } from '../read-seen.ts';
import type { ByteSource } from '../source.ts';

const newline = 0x0a;

/** Bytes of a page, and how many pages are kept: 32 MB. */
const pageSize = 1 << 16;
const maxPages = 512;

/** Pages that are read at once. Where to start costs as much as to read up to there, more are worth having. */
const ahead = { plain: 8, packed: 256 } as const;

/** Text of a recording by its place: pieces that were read lately stay in memory. */
export class TextPages {
  private readonly source: ByteSource;
  private readonly pages = new Map<number, Uint8Array>();

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** The line that begins there, without its end; undefined behind the last. */
  async line(offset: number): Promise<{ readonly text: string; readonly next: number } | undefined> {
    const parts: Uint8Array[] = [];
    for (let at = offset; ;) {
      const page = await this.page(Math.floor(at / pageSize));
      const from = at % pageSize;
      if (page.length <= from) return parts.length === 0 ? undefined : { text: textOf(parts), next: at };
      const end = page.indexOf(newline, from);
      parts.push(page.subarray(from, end < 0 ? page.length : end));
      if (end >= 0) return { text: textOf(parts), next: at - from + end + 1 };
      at += page.length - from;
    }
  }

  private async page(number: number): Promise<Uint8Array> {
    const page = this.pages.get(number) ?? (await this.read(number));
    // The one that was used last comes last.
    this.pages.delete(number);
    this.pages.set(number, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= maxPages) break;
      this.pages.delete(oldest);
    }
    return page;
  }

  /** Reads the page and some behind it. */
  private async read(number: number): Promise<Uint8Array> {
    const begin = number * pageSize;
    const end = begin + (this.source.packed ? ahead.packed : ahead.plain) * pageSize;
    let at = begin;
    let page = new Uint8Array(pageSize);
    const keep = (length: number): void => {
      this.pages.set(Math.floor((at - 1) / pageSize), length === pageSize ? page : page.slice(0, length));
      page = new Uint8Array(pageSize);
    };
    for await (const { bytes } of this.source.open(begin)) {
      for (let taken = 0; taken < bytes.length && at < end;) {
        const filled = at % pageSize;
        const part = bytes.subarray(taken, taken + pageSize - filled);
        page.set(part, filled);
        taken += part.length;
        at += part.length;
        if (at % pageSize === 0) keep(pageSize);
      }
      if (at >= end) break;
    }
    if (at % pageSize > 0) keep(at % pageSize);
    return this.pages.get(number) ?? new Uint8Array(0);
  }
}

function textOf(parts: readonly Uint8Array[]): string {
  const [only = new Uint8Array(0)] = parts;
  const bytes = parts.length <= 1 ? only : Uint8Array.from(parts.flatMap((part) => [...part]));
  return decodeUtf8(bytes, 0, textEnd(bytes, 0, bytes.length));
}
