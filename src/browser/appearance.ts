import { mediaStore } from './media.ts';

/** What the system asks of every page. */
export const systemWishes = {
  dark: mediaStore('(prefers-color-scheme: dark)'),
  contrast: mediaStore('(prefers-contrast: more)'),
  lessMotion: mediaStore('(prefers-reduced-motion: reduce)'),
} as const;

/** Put the page into a look: the stylesheet reads it off the document. */
export function showAppearance(look: Readonly<Record<'theme' | 'text' | 'motion', string>>): void {
  Object.assign(document.documentElement.dataset, look);
}

/** Whether nothing should glide. */
export function isCalm(): boolean {
  return document.documentElement.dataset['motion'] === 'less';
}

/** How big text is: 1 where one rem has the usual 16 pixels. */
export const textScale = {
  get: (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16,
  subscribe: (onChange: () => void): (() => void) => {
    const observer = new MutationObserver(onChange);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-text'] });
    return () => observer.disconnect();
  },
} as const;
