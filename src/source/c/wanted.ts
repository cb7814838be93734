import { bases } from '#kvm/kernels.ts';

/** Which files of a kernel tree say something about the model. */

/** Folders on the way to them, by name: nothing else of a tree is walked through. */
const folders = new Set(['arch', 'x86', 'kvm', 'svm', 'mmu', 'virt', 'include', 'linux', 'asm']);
/** Folders whose files of C are read, all of them. */
const whole = new Set(['kvm', 'svm', 'mmu']);

const modelled = new Set(
  bases.flatMap(({ functions }) => Object.values(functions).map(({ file }) => file.split('/').at(-1) ?? '')),
);

/** Bytes of one file of C. The largest that KVM has is a third of a megabyte. */
export const mostFileBytes = 4_000_000;
/** Bytes of all files together. */
export const mostBytes = 24_000_000;

/** Whether a name is that of a file of C. */
export const isC = (name: string): boolean => /\.[ch]$/i.test(name);

/** Whether a folder of that name, somewhere in a tree, may lead to what is wanted. */
export const isOnTheWay = (name: string): boolean => folders.has(name);

/** Whether all folders of a path but the first, which is the one that was opened, are on the way. */
export const isInTree = (path: string): boolean => path.split('/').slice(1, -1).every(isOnTheWay);

/** Whether a file of a tree is wanted, by its path from the folder that was opened. */
export function isWanted(path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.at(-1) ?? '';
  if (!isC(name)) return false;
  const folder = parts.at(-2) ?? '';
  return whole.has(folder) || name === 'kvm_host.h' || modelled.has(name);
}
