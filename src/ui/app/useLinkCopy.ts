import { useEffect, useState } from 'react';

import { copyText } from '#browser/clipboard.ts';

/** How long the page says that the link was copied. */
const shownFor = 5000;

/** Copy a link, and say so for a while; where the browser does not let us, show it to be copied by hand. */
export function useLinkCopy(link: () => Promise<string>, onRefused: () => void) {
  const [copied, setCopied] = useState<string>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copyLink = async (): Promise<void> => {
    const text = await link();
    if (await copyText(text)) setCopied(`Link copied: the whole run in ${text.length} characters.`);
    else onRefused();
  };
  return { copied, copyLink: () => void copyLink() };
}
