import { decodeUtf8 } from '#base/utf8.ts';
import type { Line, Prefix } from '../lines/line.ts';
import { interceptsGif, requestNumbers } from '../replay-facts.ts';
import type { EventArgs } from '../seen.ts';
import { Columns } from './columns.ts';
import { exitReason, traceCmdReasons } from '../lines/reasons.ts';
import { Names } from './names.ts';

/** Names by code: those whose text the scanner reads come first, in this order. */
export const known = {
  kvm_entry: 0,
  kvm_exit: 1,
  kvm_nested_vmexit: 2,
  kvm_msr: 3,
  kvm_nested_vmenter: 4,
  kvm_nested_intercepts: 5,
  kvm_nested_vmexit_inject: 6,
  kvm_userspace_exit: 7,
} as const;

/** Bits of the column of flags. */
export const flag = {
  hasRip: 1,
  hasValue: 2,
  hasMsr: 4,
  write: 8,
  gp: 16,
  entering: 32,
  afterLoss: 64,
  unread: 128,
  interceptsGif: 256,
  hasRequests: 512,
  /** The first of those that the replay asks for, the others beside it in their order. */
  request: 1024,
} as const;

/** The tables of a recording: what its numbers stand for. */
export interface Tables {
  readonly names: Names;
  /** Code 0 is none. */
  readonly reasons: Names;
  /** Reasons as trace-cmd prints them, and by the code of each what it is among the reasons. */
  readonly printed: Names;
  readonly meant: Uint16Array;
}

export function newTables(): Tables {
  const reasons = new Names('reasons of exits', ['']);
  return {
    names: new Names('names of events', Object.keys(known)),
    reasons,
    printed: new Names('reasons of exits', traceCmdReasons),
    meant: Uint16Array.from(traceCmdReasons, (printed) => reasons.code(exitReason(printed), 0)),
  };
}

/** An event while it is read: who printed it, and the row behind the others of the columns, where it is written. */
export class Draft implements Prefix {
  pid: number | undefined = undefined;
  cpu: number | undefined = undefined;
  name = 0;
  /** The number of the vCPU, as the event prints it; -1 where it does not. */
  number = -1;
  private columns = new Columns(0);
  private taskBytes: Uint8Array | undefined = undefined;
  private taskFrom = 0;
  private taskTo = 0;
  private taskText: string | undefined = undefined;

  get task(): string | undefined {
    if (!this.taskBytes) return this.taskText;
    return this.taskFrom < this.taskTo
      ? decodeUtf8(this.taskBytes, this.taskFrom, this.taskTo).trim()
      : undefined;
  }

  get time(): number | undefined {
    const seconds = this.columns.seconds[this.columns.count]!;
    return Number.isNaN(seconds) ? undefined : seconds;
  }

  writeTo(columns: Columns): void {
    this.columns = columns;
  }

  /** Where the name of the task stands; nowhere, where lines have none. */
  setTask(bytes: Uint8Array, from: number, to: number): void {
    this.taskBytes = bytes;
    this.taskFrom = from;
    this.taskTo = to;
  }

  /** NaN where the line has none. */
  setSeconds(seconds: number): void {
    this.columns.seconds[this.columns.count] = seconds;
  }

  setReason(code: number): void {
    this.columns.reason[this.columns.count] = code;
  }

  addFlags(flags: number): void {
    this.columns.flags[this.columns.count]! |= flags;
  }

  /** Its halves, low first. */
  setRip(halves: Int32Array): void {
    const { columns } = this;
    columns.ripLow[columns.count] = halves[0]!;
    columns.ripHigh[columns.count] = halves[1]!;
    this.addFlags(flag.hasRip);
  }

  /** Its halves, low first. */
  setValue(halves: Int32Array): void {
    const { columns } = this;
    columns.valueLow[columns.count] = halves[0]!;
    columns.valueHigh[columns.count] = halves[1]!;
    this.addFlags(flag.hasValue);
  }

  /** Halves of the requests, low first. */
  setRequests(halves: Int32Array): void {
    let flags: number = flag.hasRequests;
    for (let index = 0; index < requestNumbers.length; index++) {
      const number = requestNumbers[index]!;
      flags |= ((halves[number >> 5]! >>> (number & 31)) & 1) * (flag.request << index);
    }
    this.addFlags(flags);
  }

  setMsr(number: number, write: boolean): void {
    this.columns.msr[this.columns.count] = number;
    this.addFlags(write ? flag.hasMsr | flag.write : flag.hasMsr);
  }

  /** The row that is written. */
  get row(): number {
    return this.columns.count;
  }

  /** Says what an earlier row says. */
  repeat(row: number): void {
    this.columns.repeat(row, ~flag.afterLoss);
  }

  /** Unwrites what was written of an event that turned out to be none, or another. */
  clear(): void {
    this.number = -1;
    this.columns.clearNext();
  }

  /** From an event that the plain reader read. */
  take(line: Extract<Line, { kind: 'event' }>, tables: Tables, number: number): void {
    this.pid = line.prefix.pid;
    this.cpu = line.prefix.cpu;
    this.taskBytes = undefined;
    this.taskText = line.prefix.task;
    this.name = tables.names.code(line.name, number);
    this.clear();
    this.setSeconds(line.prefix.time ?? Number.NaN);
    this.number = line.vcpu ?? -1;
    this.takeArgs(line.args, tables, number);
  }

  private takeArgs(args: EventArgs, { reasons }: Tables, number: number): void {
    if ('reason' in args) this.setReason(reasons.code(args.reason, number));
    if ('rip' in args) this.setRip(halvesOf(args.rip));
    if ('info1' in args) this.setValue(halvesOf(args.info1));
    if (args.of === 'msr') this.takeMsr(args);
    else if (args.of === 'intercepts' && interceptsGif(args.words)) this.addFlags(flag.interceptsGif);
    else if (args.of === 'exit' && args.requests !== undefined) this.setRequests(halvesOf(args.requests));
    else if (args.of === 'smm' && args.entering) this.addFlags(flag.entering);
    else if (args.of === 'other' && args.unread) this.addFlags(flag.unread);
  }

  private takeMsr(args: Extract<EventArgs, { of: 'msr' }>): void {
    this.setValue(halvesOf(args.value));
    this.setMsr(args.msr, args.write);
    if (args.gp) this.addFlags(flag.gp);
  }
}

const halvesOf = (value: bigint): Int32Array =>
  Int32Array.of(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
