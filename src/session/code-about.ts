import { invariants } from '#program/invariants.ts';
import type { About } from '#program/talk.ts';
import type { CodeView } from './code-view.ts';

/** The row of the call tree that a stop is about, by its number: the first such function or test that ran. */
export function aboutRow({ rows }: CodeView, about: About | undefined): number | undefined {
  switch (about?.kind) {
    case 'function':
      return rows.find(({ callee, ran }) => ran && callee === about.fn)?.index;
    case 'test':
      return rows.find(
        ({ kind, owner, text, ran }) => ran && kind === 'test' && owner === about.fn && text === about.test,
      )?.index;
    default:
      return undefined;
  }
}

/** What a stop is about, as code and in words. */
export function aboutWords(about: About): { readonly code: string; readonly words: string } {
  switch (about.kind) {
    case 'function':
      return { code: `${about.fn}()`, words: '' };
    case 'test':
      return { code: about.test, words: `in ${about.fn}()` };
    case 'invariant':
      return { code: about.id, words: invariants.find(({ id }) => id === about.id)?.statement ?? '' };
  }
}
