import type { KvmFunction } from './ir.ts';
import type { Base, Kernel } from './kernel.ts';
import type { Patch } from './patch.ts';

/** Addresses of public pages about the code. Following one is the visitor's choice; nothing here asks for any. */
export interface Link {
  readonly href: string;
  /** What the link says, short. */
  readonly label: string;
}

/** The release whose lines `base.tree.lines` counts. */
const recordedTag = 'v6.12.117';
const stableTree = 'https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/';
const codeBrowser = 'https://elixir.bootlin.com/linux/';
/** The short form: with the longest message id here an address just fits a line of a mail. */
const mailArchive = 'https://lore.kernel.org/r/';
const commits = 'https://git.kernel.org/torvalds/c/';

/** Frames that stand for pieces of kernel functions under names of this project. */
const named = new Set(['vcpu_run_exit', 'return_to_userspace', 'copy_nested_state']);

/** Whether the kernel has a function of that name. */
export function isOfKernel({ name, visibility }: KvmFunction): boolean {
  return visibility !== 'processor' && !named.has(name);
}

/** A source file below the root of the tree. */
export function pathInTree(file: string): string {
  return file.startsWith('/') ? file.slice(1) : `arch/x86/kvm/${file}`;
}

/** Where a function can be read in the tree of a base: its first line, or the places that name it. */
function sourceLink(base: Base, fn: KvmFunction): Link | undefined {
  if (!isOfKernel(fn)) return undefined;
  const { name, file } = fn;
  const line = base.tree.lines[name];
  if (line) {
    return {
      href: `${stableTree}${pathInTree(line[0])}?h=${recordedTag}#n${line[1]}`,
      label: `${line[0]}:${line[1]}`,
    };
  }
  return { href: `${codeBrowser}${base.tree.version}/A/ident/${name}`, label: file.replace(/^\//, '') };
}

/** Where a kernel's function can be read. One that only a patch brings is not in the tree that the patch is on. */
export function functionLink(kernel: Kernel, name: string): Link | undefined {
  const fn = kernel.functions[name];
  if (!fn) return undefined;
  const released = kernel.id === kernel.base.id;
  return released || kernel.base.functions[name] ? sourceLink(kernel.base, fn) : undefined;
}

/** Where a mail can be read. */
export function mailLink(messageId: string): Link {
  return { href: `${mailArchive}${encodeURI(messageId)}`, label: 'mail' };
}

/** Where a patch can be read: the mail, the commit. */
export function patchLinks({ messageId, mail, commit }: Patch): readonly Link[] {
  const posted = mail ?? (messageId === undefined ? undefined : mailLink(messageId).href);
  return [
    ...(posted === undefined ? [] : [{ href: posted, label: 'mail' }]),
    ...(commit === undefined ? [] : [{ href: `${commits}${commit}`, label: commit }]),
  ];
}
