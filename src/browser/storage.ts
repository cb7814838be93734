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

/** What this window alone keeps, as long as it is open: over a reload, unlike a variable. */
export function readKept(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writeKept(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // It is then gone at the next reload, no worse.
  }
}
