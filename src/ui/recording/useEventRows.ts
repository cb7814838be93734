import { useEffect, useState } from 'react';

import type { EventRow, RecordingQuestions } from '#trace/questions.ts';

/** Events that are asked for at once. */
const pageRows = 128;
/** Pages that are remembered. */
const mostPages = 64;
/** Pages that are asked for and not there yet: who scrolls fast leaves out what has gone by. */
const mostAsked = 3;

/** What is known of the rows of one recording. */
class RowPages {
  readonly questions: RecordingQuestions;
  readonly pages = new Map<number, readonly EventRow[]>();
  readonly asked = new Set<number>();

  constructor(questions: RecordingQuestions) {
    this.questions = questions;
  }

  rowAt(index: number): EventRow | undefined {
    return this.pages.get(Math.floor(index / pageRows))?.[index % pageRows];
  }

  /** Ask for a page, unless it is there or enough is asked for. */
  async ask(page: number): Promise<boolean> {
    if (this.pages.has(page) || this.asked.has(page) || this.asked.size >= mostAsked) return false;
    this.asked.add(page);
    try {
      this.pages.set(page, await this.questions.rows(page * pageRows, pageRows));
      // The oldest are forgotten first.
      for (const old of [...this.pages.keys()].slice(0, -mostPages)) this.pages.delete(old);
    } finally {
      this.asked.delete(page);
    }
    return true;
  }
}

/** Rows of a recording by their index, asked for as they are needed; undefined: not there yet. */
export function useEventRows(questions: RecordingQuestions, wanted: readonly number[]) {
  const [known, setKnown] = useState(() => new RowPages(questions));
  const [failure, setFailure] = useState<string>();
  const [, setTurn] = useState(0);
  if (known.questions !== questions) setKnown(new RowPages(questions));
  const needed = new Set(wanted.map((index) => Math.floor(index / pageRows)));

  // After every look at it: what came may make room for what is asked for next.
  useEffect(() => {
    for (const page of needed)
      known.ask(page).then(
        (came) => came && setTurn((before) => before + 1),
        (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
      );
  });
  return { rowAt: (index: number) => known.rowAt(index), failure };
}
