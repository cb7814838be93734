/** What the browser keeps for the page. It may be full, forbidden or emptied at any time: nothing here throws. */

export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keep a text. Whether it is kept. */
export function writeStored(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function removeStored(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // What cannot be removed could not be kept either.
  }
}

/** What this tab keeps: it survives a reload where the browser lets it, and in any case lasts as long as the page. */
const ofTab = new Map<string, string>();

export function readOfTab(key: string): string | undefined {
  try {
    return ofTab.get(key) ?? sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writeOfTab(key: string, text: string): void {
  ofTab.set(key, text);
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // Then it is gone with the page.
  }
}
