import { mediaStore } from './media.ts';

export type ShownTheme = 'light' | 'dark';

/** Whether the system asks for a dark page. */
export const systemIsDark = mediaStore('(prefers-color-scheme: dark)');

/** Put the page into a theme. */
export function showTheme(theme: ShownTheme): void {
  document.documentElement.dataset['theme'] = theme;
}
