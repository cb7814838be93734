import { fail, ok, type Result } from '#base/result.ts';

/** Files from and to the visitor's disk. Nothing of them leaves the page. */

/** Let the visitor choose a file; undefined where they choose none. */
export function pickFile(accept: string): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]), { once: true });
    input.addEventListener('cancel', () => resolve(undefined), { once: true });
    input.click();
  });
}

/** The text of a file of at most that many bytes, or in a few words why there is none. */
export async function textOf(file: File, mostBytes: number): Promise<Result<string, string>> {
  if (file.size > mostBytes) return fail(`${inMegabytes(file.size)}, at most ${inMegabytes(mostBytes)}`);
  try {
    return ok(await file.text());
  } catch {
    return fail('cannot be read');
  }
}

const inMegabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Hand the visitor a text as a file. */
export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }));
}

/** Hand the visitor a file. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn, not necessarily before.
  setTimeout(() => URL.revokeObjectURL(address));
}
