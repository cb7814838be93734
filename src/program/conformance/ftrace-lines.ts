/**
 * Lines of a function_graph trace, as the kernel prints them:
 *
 *      0)               |  kvm_arch_vcpu_ioctl_run [kvm]() {
 *      0)   2.954 us    |    svm_vcpu_pre_run [kvm_amd](); /* = 0x1 *\/
 *      0)               |    /* kvm_exit: vcpu 0 reason msr rip 0x1000 ... *\/
 *      0) + 12.1 us     |  } /* kvm_arch_vcpu_ioctl_run [kvm] = 0x0 *\/
 */

export type TraceLine =
  | { readonly kind: 'enter'; readonly fn: string; readonly depth: number; readonly returns: boolean }
  /** The function is named where the tracer prints it, with its tail or its return value; else empty. */
  | { readonly kind: 'leave'; readonly fn: string; readonly depth: number }
  | { readonly kind: 'event'; readonly name: string; readonly args: string }
  /** What somebody wrote into the trace, or above it. */
  | { readonly kind: 'note'; readonly text: string };

/** What a line of a trace says; undefined for one that says nothing about the vCPU. */
export function traceLine(text: string): TraceLine | undefined {
  if (text.startsWith('#')) return { kind: 'note', text: text.slice(1).trim() };
  // The columns before the function vary with the options of the tracer; the last bar before it ends them.
  const told = text.search(/\/\*|[{};]/);
  if (told < 0) return undefined;
  const body = text.slice(text.lastIndexOf('|', told) + 1);
  const depth = Math.floor(body.search(/\S/) / 2);
  const words = body.trim();
  if (words.startsWith('}')) {
    const fn = /^\} \/\* ([A-Za-z_]\w*)/.exec(words)?.[1] ?? '';
    return { kind: 'leave', fn, depth };
  }
  const comment = /^\/\* (.*) \*\/$/.exec(words)?.[1];
  if (comment !== undefined) {
    const event = /^(kvm_\w+): (.*)$/.exec(comment);
    return event ? { kind: 'event', name: event[1]!, args: event[2]! } : { kind: 'note', text: comment };
  }
  // The compiler may have made the function anew: svm_set_efer.isra.0().
  const fn = /^([A-Za-z_]\w*)/.exec(words)?.[1];
  if (fn === undefined) return undefined;
  return { kind: 'enter', fn, depth, returns: !/\{(\s*\/\*.*\*\/)?$/.test(words) };
}

/** The processor that printed a line of a trace. */
export function traceCpu(text: string): string | undefined {
  return text.startsWith('#') ? undefined : /^[^|]*?(\d+)\)/.exec(text)?.[1];
}
