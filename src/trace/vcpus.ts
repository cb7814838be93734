import type { VcpuFound } from './questions.ts';
import type { Prefix } from './lines/line.ts';
import { RecordingError } from './recording-error.ts';

/** More are no recording: KVM allows 4,096 in a guest. */
const maxVcpus = 8192;

/** A thread, or a processor where lines name no thread. */
interface Runner {
  readonly vcpus: Map<number, number>;
  last: number | undefined;
  /** The number of the last. */
  number: number | undefined;
}

/** Who ran what at a place of the recording, to read on from there. */
export interface VcpusThere {
  readonly count: number;
  readonly runners: readonly (readonly [key: number, runner: Runner])[];
  readonly running: readonly (readonly [cpu: number, thread: Thread])[];
}

interface Thread {
  readonly pid: number;
  readonly task: string;
}

const copied = (runner: Runner): Runner => ({ ...runner, vcpus: new Map(runner.vcpus) });

interface Found extends VcpuFound {
  events: number;
}

/**
 * Whose events these are. Who enters a vCPU is a thread, and the number that kvm_entry prints says which of the guest's
 * vCPUs; two guests have a vCPU 0 each, in threads of their own. Events that print no number belong to the vCPU that
 * their thread was in last.
 */
export class Vcpus {
  private readonly list: Found[] = [];
  /** By pid; processors below zero. */
  private readonly runners = new Map<number, Runner>();
  /** The thread on each processor, as the function_graph tracer tells it. */
  private readonly running = new Map<number, Thread>();
  /** Who was asked for last: mostly the one who is asked for next. */
  private lastKey: number | undefined = undefined;
  private lastRunner: Runner | undefined = undefined;

  get found(): readonly VcpuFound[] {
    return this.list.map((one) => ({ ...one }));
  }

  /** The vCPU that an event belongs to, as an index into `found`; `number` as the event prints it. */
  ofEvent(prefix: Prefix, number: number | undefined, line: number): number | undefined {
    const key = this.key(prefix);
    if (key === undefined) return undefined;
    const runner = key === this.lastKey ? this.lastRunner : this.runners.get(key);
    this.lastKey = key;
    this.lastRunner = runner;
    const index =
      number === undefined || (runner && runner.number === number)
        ? runner?.last
        : this.enter(key, prefix, number, line);
    if (index !== undefined) this.list[index]!.events++;
    return index;
  }

  /** The vCPU whose thread a line was printed in, if that is known. */
  ofCall(prefix: Prefix): number | undefined {
    const key = this.key(prefix);
    return key === undefined ? undefined : this.runners.get(key)?.last;
  }

  /** A processor goes on with another thread. */
  switched(cpu: number, from: number, to: number, task: string): void {
    // What ran there while nothing named it was the thread that is left now.
    const unnamed = this.runners.get(processor(cpu));
    if (unnamed && !this.runners.has(from)) this.runners.set(from, unnamed);
    this.runners.delete(processor(cpu));
    this.running.set(cpu, { pid: to, task });
    this.lastKey = undefined;
  }

  get count(): number {
    return this.list.length;
  }

  here(): VcpusThere {
    const runners = [...this.runners].map(([key, runner]) => [key, copied(runner)] as const);
    return { count: this.list.length, runners, running: [...this.running] };
  }

  /** Reads on from a place of the recording. What was counted before it is not known. */
  static from({ count, runners, running }: VcpusThere): Vcpus {
    const vcpus = new Vcpus();
    for (let index = 0; index < count; index++)
      vcpus.list.push({ number: 0, task: undefined, pid: undefined, events: 0 });
    for (const [key, runner] of runners) vcpus.runners.set(key, copied(runner));
    for (const [cpu, thread] of running) vcpus.running.set(cpu, thread);
    return vcpus;
  }

  private key({ pid, cpu }: Prefix): number | undefined {
    if (pid !== undefined || cpu === undefined) return pid;
    return this.running.get(cpu)?.pid ?? processor(cpu);
  }

  private enter(key: number, prefix: Prefix, number: number, line: number): number {
    const runner = this.runners.get(key) ?? {
      vcpus: new Map<number, number>(),
      last: undefined,
      number: undefined,
    };
    this.runners.set(key, runner);
    this.lastRunner = runner;
    const index = runner.vcpus.get(number) ?? this.add(key, prefix, number, line);
    runner.vcpus.set(number, index);
    runner.last = index;
    runner.number = number;
    return index;
  }

  private add(key: number, { task, cpu }: Prefix, number: number, line: number): number {
    if (this.list.length === maxVcpus)
      throw new RecordingError(line, `more than ${maxVcpus} vCPUs, no trace has so many`);
    const named = task ?? (cpu === undefined ? undefined : this.running.get(cpu)?.task);
    this.list.push({ number, task: named, pid: key < 0 ? undefined : key, events: 0 });
    return this.list.length - 1;
  }
}

const processor = (cpu: number): number => -1 - cpu;
