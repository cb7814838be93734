import type { Kernel } from '#kvm/kernel.ts';
import type { KvmFunction } from '#kvm/ir.ts';
import { pathInTree } from '#kvm/links.ts';
import type { CFile, CFunction } from './functions.ts';
import { itemsOf, type CItem } from './items.ts';

/** Calls followed through functions that the model does not have: `kvm_inject_gp()` leads to `kvm_queue_exception_e()`. */
const mostHops = 3;
/** Lines of a function that does little more than call another. */
const fewLines = 80;

/** The files that the visitor opened, as one tree. What is worked out of a function is worked out once. */
export class SourceTree {
  readonly files: readonly CFile[];
  private readonly byName = new Map<string, CFunction[]>();
  private readonly macros = new Map<string, ReadonlySet<string>>();
  private readonly items = new WeakMap<CFunction, readonly CItem[]>();
  /** Ways that were looked for, by the functions of the kernel. */
  private readonly ways = new WeakMap<Kernel['functions'], Map<string, string | undefined>>();
  private readonly members = new Map<string, Set<string>>();

  constructor(files: readonly CFile[]) {
    this.files = files;
    for (const { functions, members, macros } of files) {
      for (const { name, calls } of macros) this.macros.set(name, calls);
      for (const fn of functions) this.byName.set(fn.name, [...(this.byName.get(fn.name) ?? []), fn]);
      for (const { member, value } of members)
        this.members.set(member, (this.members.get(member) ?? new Set()).add(value));
    }
  }

  /** The definitions of a function of the model, those in the file that the model names first. */
  definitions({ name, file }: KvmFunction): readonly CFunction[] {
    const all = this.byName.get(name) ?? [];
    const own = all.filter((fn) => isFile(fn.file, file));
    return own.length > 0 ? own : all;
  }

  itemsOf(fn: CFunction): readonly CItem[] {
    const known = this.items.get(fn);
    if (known) return known;
    const items = itemsOf(fn);
    this.items.set(fn, items);
    return items;
  }

  /** Whether the file that a function of the model stands in was opened. */
  hasFile(file: string): boolean {
    return this.files.some(({ name }) => isFile(name, file));
  }

  /** Functions of a name, whichever file they stand in. */
  named(name: string): readonly CFunction[] {
    return this.byName.get(name) ?? [];
  }

  /**
   * How a call of that name comes to a function: '' for at once, else the function between; undefined where it does
   * not. Functions that the model has are not gone through, nor is one that the caller's own nodes call: what they do is
   * theirs.
   */
  way(callee: string, to: string, own: ReadonlySet<string>, known: Kernel['functions']): string | undefined {
    if (callee === to || this.isMember(callee, to)) return '';
    if (own.has(callee)) return undefined;
    let ways = this.ways.get(known);
    if (!ways) this.ways.set(known, (ways = new Map()));
    const key = `${callee} ${to}`;
    if (!ways.has(key)) ways.set(key, this.leads(callee, to, known) ? `${callee}()` : undefined);
    return ways.get(key);
  }

  private leads(callee: string, to: string, known: Kernel['functions']): boolean {
    let names = [callee];
    const seen = new Set(names);
    for (let hop = 0; hop < mostHops && names.length > 0; hop += 1) {
      const next = names.flatMap((name) => this.leadsTo(name)).filter((name) => !seen.has(name));
      if (next.some((name) => name === to || this.isMember(name, to))) return true;
      for (const name of next) seen.add(name);
      names = next.filter((name) => !known[name]);
    }
    return false;
  }

  /** The functions that a call may come to at once: the one of that name, or what tables have there. */
  targets(callee: string): readonly string[] {
    const member = callee.replace(/^svm_/, '');
    return [callee, ...(member === callee ? [] : (this.members.get(member) ?? []))];
  }

  /** Whether a call through a table, spelt `svm_` and the member, is one of that function. */
  private isMember(callee: string, to: string): boolean {
    const member = callee.replace(/^svm_/, '');
    if (member === callee) return false;
    return this.members.get(member)?.has(to) ?? to === `nested_svm_${member}`;
  }

  /** What short functions and macros of a name call. */
  private leadsTo(name: string): readonly string[] {
    const short = this.named(name).filter(({ line, endLine }) => endLine - line < fewLines);
    return [...short.flatMap(({ calls }) => [...calls]), ...(this.macros.get(name) ?? [])];
  }
}

/** Whether an opened file is the one that the model names: as much of both paths as both have is the same. */
function isFile(name: string, file: string): boolean {
  const left = name.split('/').toReversed();
  const right = pathInTree(file).split('/').toReversed();
  return left.slice(0, right.length).every((part, index) => part === right[index]);
}
