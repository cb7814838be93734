import { eferBitNames, eferBits } from '#isa/efer.ts';
import type { EventArgs, SeenEvent } from './seen.ts';

/** What events say, in the words of their tracepoints. What was not printed is left out here and never made up. */

const efer = 0xc000_0080;

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;
const word = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** A value of EFER with the names of the bits that are set. */
function eferWords(value: bigint): string {
  const set = eferBitNames.filter((name) => (value >> BigInt(eferBits[name].bit)) & 1n);
  return `${hex(value)} (${set.join(' ') || 'no bit set'})`;
}

const msrName = (msr: number): string =>
  msr === efer ? `EFER ${msr.toString(16)}` : `MSR ${msr.toString(16)}`;

/** An event in a few words, without its name. */
export function eventWords({ args }: SeenEvent): string {
  switch (args.of) {
    case 'entry':
      return `rip ${hex(args.rip)}${args.immediateExit ? ', immediate exit' : ''}`;
    case 'exit':
      return `${args.reason}, rip ${hex(args.rip)}${args.info1 === 0n ? '' : `, info1 ${hex(args.info1)}`}`;
    case 'vmenter':
      return `vmcb12 ${hex(args.vmcb12)}, to ${hex(args.nestedRip)}`;
    case 'intercepts':
      return args.words.map(word).join(' ');
    case 'inject':
      return `${args.reason}${args.info1 === 0n ? '' : `, info1 ${hex(args.info1)}`}`;
    case 'vmenter-failed':
      return args.check;
    case 'msr':
      return `${args.write ? 'write' : 'read'} ${msrName(args.msr)} = ${hex(args.value)}${args.gp ? ', #GP' : ''}`;
    case 'exception':
      return `vector ${args.vector}${args.reinjected ? ', reinjected' : ''}`;
    case 'userspace':
      return args.reason;
    case 'smm':
      return args.entering ? 'entering SMM' : 'leaving SMM';
    case 'other':
      return args.text;
  }
}

/** Something that an event says; undefined: its line does not print it. */
export interface Field {
  readonly name: string;
  readonly value: string | undefined;
}

const field = (name: string, value: string | undefined): Field => ({ name, value });
const yes = (value: boolean): string => (value ? 'yes' : 'no');
const maybe = <Value>(value: Value | undefined, text: (value: Value) => string): string | undefined =>
  value === undefined ? undefined : text(value);

/** Everything that an event says, field by field. */
export function eventFields(args: EventArgs): readonly Field[] {
  switch (args.of) {
    case 'entry':
      return [field('rip', hex(args.rip)), field('immediate exit', yes(args.immediateExit))];
    case 'exit':
      return [
        field('reason', args.reason),
        field('rip', hex(args.rip)),
        field('info1', hex(args.info1)),
        field('info2', hex(args.info2)),
        field('requests', maybe(args.requests, hex)),
      ];
    case 'vmenter':
      return [
        field('rip', hex(args.rip)),
        field('vmcb12', hex(args.vmcb12)),
        field('nested rip', hex(args.nestedRip)),
        field('nested paging', maybe(args.npt, yes)),
      ];
    case 'intercepts':
      return [field('words of vmcb12', args.words.map(word).join(' '))];
    case 'inject':
      return [
        field('reason', args.reason),
        field('exit_info_1', hex(args.info1)),
        field('exit_info_2', hex(args.info2)),
      ];
    case 'vmenter-failed':
      return [field('failed check', args.check)];
    case 'msr':
      return [
        field('access', args.write ? 'write' : 'read'),
        field('MSR', msrName(args.msr)),
        field('value', args.msr === efer ? eferWords(args.value) : hex(args.value)),
        field('answered by #GP', yes(args.gp)),
      ];
    case 'exception':
      return [field('vector', String(args.vector)), field('reinjected', yes(args.reinjected))];
    case 'userspace':
      return [field('reason', args.reason)];
    case 'smm':
      return [field('entering', yes(args.entering))];
    case 'other':
      return [field(args.unread ? 'text, which could not be read' : 'text', args.text)];
  }
}

/** A time as tracers print it. */
export const timeText = (time: number | undefined): string => (time === undefined ? '' : time.toFixed(6));

/** A stretch of time in a unit that suits it. */
export function durationText(seconds: number): string {
  if (seconds >= 100) return `${seconds.toFixed(0)} s`;
  if (seconds >= 1) return `${seconds.toFixed(2)} s`;
  return seconds >= 0.001 ? `${(seconds * 1e3).toFixed(2)} ms` : `${(seconds * 1e6).toFixed(0)} µs`;
}
