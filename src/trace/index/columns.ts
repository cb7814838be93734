/** Stands for no vCPU. */
export const noVcpu = 0xffff;

/** Events side by side, an array for each thing that is remembered of them. */
export class Columns {
  count = 0;
  /** Seconds of the event before the first; NaN where there is none, or no time. */
  before = NaN;
  readonly name: Uint16Array;
  readonly vcpu: Uint16Array;
  readonly reason: Uint16Array;
  readonly flags: Uint16Array;
  readonly seconds: Float64Array;
  readonly ripLow: Uint32Array;
  readonly ripHigh: Uint32Array;
  readonly valueLow: Uint32Array;
  readonly valueHigh: Uint32Array;
  readonly msr: Uint32Array;
  readonly line: Uint32Array;
  /** Bytes before the line. */
  readonly offset: Float64Array;

  constructor(capacity: number) {
    this.name = new Uint16Array(capacity);
    this.vcpu = new Uint16Array(capacity);
    this.reason = new Uint16Array(capacity);
    this.flags = new Uint16Array(capacity);
    this.seconds = new Float64Array(capacity);
    this.ripLow = new Uint32Array(capacity);
    this.ripHigh = new Uint32Array(capacity);
    this.valueLow = new Uint32Array(capacity);
    this.valueHigh = new Uint32Array(capacity);
    this.msr = new Uint32Array(capacity);
    this.line = new Uint32Array(capacity);
    this.offset = new Float64Array(capacity);
  }

  /** Keeps the row behind the others, where the rest of the event is written already. */
  push(name: number, vcpu: number, flags: number, line: number, offset: number): void {
    const at = this.count++;
    this.name[at] = name;
    this.vcpu[at] = vcpu;
    this.flags[at]! |= flags;
    this.line[at] = line;
    this.offset[at] = offset;
  }

  /** Writes what the text of an earlier event said into the row behind the others, with some of its flags. */
  repeat(row: number, flags: number): void {
    const at = this.count;
    this.reason[at] = this.reason[row]!;
    this.flags[at] = this.flags[row]! & flags;
    this.ripLow[at] = this.ripLow[row]!;
    this.ripHigh[at] = this.ripHigh[row]!;
    this.valueLow[at] = this.valueLow[row]!;
    this.valueHigh[at] = this.valueHigh[row]!;
    this.msr[at] = this.msr[row]!;
  }

  /** Makes the row behind the others as it was. */
  clearNext(): void {
    const at = this.count;
    this.reason[at] = 0;
    this.flags[at] = 0;
    this.seconds[at] = 0;
    this.ripLow[at] = 0;
    this.ripHigh[at] = 0;
    this.valueLow[at] = 0;
    this.valueHigh[at] = 0;
    this.msr[at] = 0;
  }

  /** Forgets all events. */
  clear(): void {
    this.count = 0;
    for (const column of [this.reason, this.flags, this.ripLow, this.ripHigh, this.valueLow, this.valueHigh])
      column.fill(0);
    this.msr.fill(0);
  }
}
