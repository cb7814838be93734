import { traceLine } from '#program/conformance/ftrace-lines.ts';
import { eventArgs } from './event-line.ts';
import type { Line, Prefix } from './line.ts';

/**
 * Lines of the function_graph tracer. Columns come and go with its options; the default is the first:
 *
 *      0)   2.954 us    |    svm_vcpu_pre_run [kvm_amd](); /* = 0x1 *\/
 *       31.143203 |   0)    vmm-60    |  d..1. | + 12.1 us   |  } /* vcpu_run [kvm] = 0x0 *\/
 *
 * A processor that goes on with another thread says so: ` 0)    vmm-60    =>  kworker-12   `.
 */
const columns =
  /^(?:(\d{1,20}\.\d{1,9}) ?\| ?)?(?:(\d{1,5})\) ?)?(?:(\S.{0,15}?)-(\d{1,10}) ?\| ?)?(?:[\w.#]{4,6} ?\| ?)?(?:[+!#*@$]? ?\d{1,20}(?:\.\d{1,9})? us)?$/;
const switchForm = /^(\d{1,5})\) .{0,16}-(\d{1,10}) => (.{1,16})-(\d{1,10})$/;
const arrows = /^[^|]{0,80}(?:=+>|<=+) *\|/;

const number = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/** The columns hold little text; what is longer is no line of this tracer. */
const maxHead = 160;

function graphPrefix(head: string): Prefix | undefined {
  const found = head.length > maxHead ? null : columns.exec(head.replace(/\s+/g, ' ').trim());
  if (!found) return undefined;
  const [, time, cpu, task, pid] = found;
  return { task, pid: number(pid), cpu: number(cpu), time: number(time) };
}

function switchLine(text: string): Line | undefined {
  const words = text.length > maxHead ? '' : text.replace(/\s+/g, ' ').trim();
  const found = switchForm.exec(words);
  if (!found) return undefined;
  const [, cpu, from, task = '', to] = found;
  return { kind: 'switch', cpu: Number(cpu), from: Number(from), to: Number(to), task, text: words };
}

/** A line of the function_graph tracer; undefined for any other. */
export function graphLine(text: string): Line | undefined {
  const told = text.search(/\/\*|[{};]/);
  if (told < 0)
    return switchLine(text) ?? (arrows.test(text) ? { kind: 'note', text: text.trim() } : undefined);
  const bar = text.lastIndexOf('|', told);
  const prefix = bar < 0 ? undefined : graphPrefix(text.slice(0, bar));
  const line = prefix && traceLine(text);
  if (!line) return undefined;
  if (line.kind === 'note') return line;
  if (line.kind === 'event') {
    const { args, vcpu } = eventArgs(line.name, line.args);
    return { kind: 'event', format: 'function_graph', prefix, name: line.name, args, vcpu };
  }
  const leaf = line.kind === 'enter' && line.returns;
  return { kind: line.kind, prefix, fn: line.fn, depth: line.depth, leaf };
}
