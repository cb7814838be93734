import type { RecordingFormat } from '../questions.ts';
import { kernelArgs } from './kernel-args.ts';
import type { ArgsRead, Line, Prefix } from './line.ts';
import { isRaw, rawArgs } from './raw-args.ts';

/**
 * Lines of one event each, with who, where and when before it:
 *
 *     <idle>-0       [001] d..2.  1701.766750: kvm_entry: vcpu 0, rip 0x1000      trace, trace_pipe
 *           CPU 0/KVM-88    [000]    28.784539: kvm_exit:             reason ...   trace-cmd report
 *     CPU 0/KVM   88 [000]    28.784539:             kvm:kvm_exit: vcpu 0 ...      perf script
 *
 * The name of a task may hold anything, at most 15 bytes of it; so the first place that fits is the prefix.
 */
const ftraceForm =
  /-(\d{1,10})\s+(?:\(\s*[-\d]{1,10}\)\s+)?\[(\d{1,5})\]\s+(?:\S{4,6}\s+)?(\d{1,20})(\.\d{1,9})?: +(\w{1,64}):( *)([^]*)$/;
const perfForm =
  /(?:^|\s)(\d{1,10})(?:\/(\d{1,10}))?\s+\[(\d{1,5})\]\s+(\d{1,20}\.\d{1,9}):\s+(?:\d{1,20}\s+)?[\w-]{1,64}:(\w{1,64}):\s*([^]*)$/;

/** The width to which trace-cmd pads the name of an event and its colon. */
const padded = 21;
const markers: ReadonlySet<string> = new Set(['tracing_mark_write', 'print', 'bprint', 'bputs']);

/** Whether what has this name is what somebody wrote into the trace. */
export const isMarker = (name: string): boolean => markers.has(name);

/** Whether so many spaces after a name of so many characters are trace-cmd's. */
export const isPadded = (name: number, spaces: number): boolean => spaces > 1 && name + 1 + spaces >= padded;

/** An event as it is told by its name and its text, whoever printed it. */
export function eventArgs(name: string, text: string): ArgsRead & { readonly raw: boolean } {
  const words = text.trim();
  const read = kernelArgs.get(name)?.(words);
  if (read) return { ...read, raw: false };
  const raw = isRaw(words) ? rawArgs(name, words) : undefined;
  if (raw) return { ...raw, raw: true };
  return { args: { of: 'other', text: words, unread: kernelArgs.has(name) }, vcpu: undefined, raw: false };
}

function eventLine(prefix: Prefix, format: RecordingFormat, name: string, text: string): Line {
  if (isMarker(name)) return { kind: 'note', text: text.replace(/^ip=\S* buf=/, '').trim() };
  const { args, vcpu, raw } = eventArgs(name, text);
  return {
    kind: 'event',
    prefix,
    name,
    args,
    vcpu,
    format: raw && format !== 'perf' ? 'trace-cmd raw' : format,
  };
}

/** A line of `trace`, `trace_pipe` or `trace-cmd report`; undefined for any other. */
export function ftraceLine(text: string): Line | undefined {
  const found = ftraceForm.exec(text);
  if (!found) return undefined;
  const [, pid, cpu, whole = '', part, name = '', spaces = '', words = ''] = found;
  const prefix = {
    task: text.slice(0, found.index).trim(),
    pid: Number(pid),
    cpu: Number(cpu),
    // A clock without a fraction counts something else than seconds.
    time: part === undefined ? undefined : Number(whole + part),
  };
  return eventLine(prefix, isPadded(name.length, spaces.length) ? 'trace-cmd' : 'ftrace', name, words);
}

/** A line of `perf script`; undefined for any other. */
export function perfLine(text: string): Line | undefined {
  const found = perfForm.exec(text);
  if (!found) return undefined;
  const [, pid, tid, cpu, time, name = '', words = ''] = found;
  const prefix = {
    task: text.slice(0, found.index).trim(),
    pid: Number(tid ?? pid),
    cpu: Number(cpu),
    time: Number(time),
  };
  return eventLine(prefix, 'perf', name, words);
}
