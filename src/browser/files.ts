import { fail, ok, type Result } from '#base/result.ts';

/** Files from and to the visitor's disk. Nothing of them leaves the page. */

/** Let the visitor choose a file; undefined where they choose none. */
export async function pickFile(accept: string): Promise<File | undefined> {
  const input = fileInput();
  input.accept = accept;
  return (await picked(input))[0];
}

/** Let the visitor choose files of any kind; none where they choose none. */
export function pickFiles(): Promise<readonly File[]> {
  const input = fileInput();
  input.multiple = true;
  return picked(input);
}

/** Let the visitor choose a folder: its files, with those of the folders in it; none where they choose none. */
export function pickFolder(): Promise<readonly File[]> {
  const input = fileInput();
  input.webkitdirectory = true;
  return picked(input);
}

function fileInput(): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'file';
  return input;
}

function picked(input: HTMLInputElement): Promise<readonly File[]> {
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
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
