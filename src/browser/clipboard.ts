/** Copy a text. Whether that was allowed: browsers refuse it without a key press, and in some frames. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
