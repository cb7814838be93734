import type { PathEntry } from '#program/report.ts';
import type { Seen, SeenCall, SeenEvent } from '../seen.ts';
import type { Episode } from './episode.ts';

/** The function in which KVM_RUN begins, and the one in which an exit is handled. */
const runEntry = 'kvm_arch_vcpu_ioctl_run';
const exitEntry = 'svm_handle_exit';

/** Events that are kept of one episode: what comes after is counted only. */
const eventLimit = 256;
const pathLimit = 4096;

interface Draft {
  kind: Episode['kind'];
  from: number;
  count: number;
  lines: [number, number];
  events: SeenEvent[];
  path: PathEntry[] | undefined;
  /** The depth of the ioctl's function. */
  depth: number;
  entered: string | undefined;
  exit: Episode['exit'];
}

export interface CutterOptions {
  /** Whether somebody asks about the events of a name. */
  readonly asks: (name: string) => boolean;
  /** Functions in which an ioctl begins. */
  readonly ioctls: ReadonlySet<string>;
  readonly done: (episode: Episode) => void;
}

/** Cuts what one vCPU did into episodes. */
export class Cutter {
  private draft: Draft | undefined;
  /** The guest was entered and has not exited since, as far as was recorded. */
  private inGuest = false;
  private readonly vcpu: number;
  private readonly options: CutterOptions;

  constructor(vcpu: number, options: CutterOptions) {
    this.vcpu = vcpu;
    this.options = options;
  }

  /** `index`: how many events the recording has before it. */
  push(seen: Seen, index: number): void {
    if (seen.kind === 'event') this.event(seen, index);
    else if (seen.kind === 'enter') this.enter(seen, index);
    else if (seen.kind === 'leave') this.leave(seen, index);
  }

  /** Nothing more comes, or something is missing. */
  end(index: number): void {
    if (this.draft && this.draft.count > 0) this.close('open', index, undefined);
    this.draft = undefined;
    this.inGuest = false;
  }

  private at(line: number, index: number): Draft {
    this.draft ??= {
      kind: 'run',
      from: index,
      count: 0,
      lines: [line, line],
      events: [],
      path: undefined,
      depth: -1,
      entered: undefined,
      exit: undefined,
    };
    this.draft.lines[1] = line;
    return this.draft;
  }

  private event(seen: SeenEvent, index: number): void {
    if (seen.args.of === 'exit' && seen.name === 'kvm_exit') this.exited(seen, index);
    const draft = this.at(seen.line, index);
    draft.count += 1;
    if (this.options.asks(seen.name) && draft.events.length < eventLimit) draft.events.push(seen);
    if (seen.args.of === 'entry') {
      this.close('entry', index + 1, seen.args.rip);
      this.inGuest = true;
    } else if (seen.args.of === 'userspace') {
      this.close('userspace', index + 1, undefined);
      this.inGuest = false;
    }
  }

  /** What was there since the entry belongs to the exit; what was there without one stands by itself. */
  private exited(seen: SeenEvent, index: number): void {
    if (this.draft && !this.inGuest && this.draft.count > 0) this.close('open', index, undefined);
    if (!this.inGuest) this.draft = undefined;
    const draft = this.at(seen.line, index);
    draft.kind = 'exit';
    draft.path = undefined;
    draft.events = [];
    draft.exit = seen.args.of === 'exit' ? seen.args : undefined;
    this.inGuest = false;
  }

  private enter({ fn, depth, line, leaf }: SeenCall, index: number): void {
    const { ioctls } = this.options;
    if (ioctls.has(fn) && !this.inGuest && this.draft?.path === undefined && this.draft?.kind !== 'exit') {
      const draft = this.at(line, index);
      draft.kind = fn === runEntry ? 'run' : 'ioctl';
      draft.depth = depth;
      draft.entered = fn;
      draft.path = [{ fn, depth }];
      if (leaf) this.leave({ kind: 'leave', fn, depth, leaf, line } as SeenCall, index);
      return;
    }
    const draft = this.draft;
    if (!draft) return;
    draft.lines[1] = line;
    if (draft.kind === 'exit' && fn === exitEntry) draft.path ??= [];
    if (draft.path && draft.path.length < pathLimit) draft.path.push({ fn, depth });
  }

  private leave({ depth, line }: SeenCall, index: number): void {
    const draft = this.draft;
    if (!draft || draft.kind !== 'ioctl' || depth > draft.depth) return;
    draft.lines[1] = line;
    this.close('return', index, undefined);
  }

  private close(end: Episode['end'], to: number, rip: bigint | undefined): void {
    const draft = this.draft;
    if (!draft) return;
    this.draft = undefined;
    const { kind, from, lines, count, events, exit, path, entered } = draft;
    this.options.done({
      vcpu: this.vcpu,
      kind,
      from,
      to,
      lines,
      count,
      events,
      exit,
      path,
      entered,
      end,
      rip,
    });
  }
}
