import { useEffect, useState } from 'react';

import type { Result } from '#base/result.ts';
import { copyText } from '#browser/clipboard.ts';

/** How long the page says that the link was copied. */
const shownFor = 5000;

interface Options {
  readonly link: () => Promise<Result<string, string>>;
  /** The browser does not let the page copy. */
  readonly onRefused: () => void;
  /** There is no link, for that reason. */
  readonly onProblem: (reason: string) => void;
}

/** Copy a link, and say so for a while; where the browser does not let us, show it to be copied by hand. */
export function useLinkCopy({ link, onRefused, onProblem }: Options) {
  const [copied, setCopied] = useState<string>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copyLink = async (): Promise<void> => {
    const made = await link();
    if (!made.ok) return onProblem(made.error);
    const text = made.value;
    if (await copyText(text)) setCopied(`Link copied: the whole run in ${text.length} characters.`);
    else onRefused();
  };
  return { copied, copyLink: () => void copyLink() };
}
