import { requestNumbers } from '../replay-facts.ts';
import type { Glance } from '../replayer.ts';
import { Columns } from './columns.ts';
import { flag, type Tables } from './draft.ts';

const whole = (high: number, low: number): bigint => (BigInt(high) << 32n) | BigInt(low);

/** An event of the columns; moved from one to the next. */
export class ColumnGlance implements Glance {
  private readonly tables: Tables;
  private columns = new Columns(0);
  private at = 0;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  moveTo(columns: Columns, at: number): void {
    this.columns = columns;
    this.at = at;
  }

  get name(): string {
    return this.tables.names.text(this.columns.name[this.at]!);
  }

  get reason(): string {
    return this.tables.reasons.text(this.columns.reason[this.at]!);
  }

  get rip(): bigint | undefined {
    const { columns, at } = this;
    return this.has(flag.hasRip) ? whole(columns.ripHigh[at]!, columns.ripLow[at]!) : undefined;
  }

  get msr(): number | undefined {
    return this.has(flag.hasMsr) ? this.columns.msr[this.at] : undefined;
  }

  get value(): bigint | undefined {
    const { columns, at } = this;
    return this.has(flag.hasValue) ? whole(columns.valueHigh[at]!, columns.valueLow[at]!) : undefined;
  }

  get write(): boolean {
    return this.has(flag.write);
  }

  get gp(): boolean {
    return this.has(flag.gp);
  }

  get entering(): boolean {
    return this.has(flag.entering);
  }

  /** Those that the replay asks for. */
  get requests(): bigint | undefined {
    if (!this.has(flag.hasRequests)) return undefined;
    let requests = 0n;
    for (const [index, number] of requestNumbers.entries())
      if (this.has(flag.request << index)) requests |= 1n << BigInt(number);
    return requests;
  }

  get interceptsGif(): boolean {
    return this.has(flag.interceptsGif);
  }

  get afterLoss(): boolean {
    return this.has(flag.afterLoss);
  }

  get unread(): boolean {
    return this.has(flag.unread);
  }

  get pause(): number | undefined {
    const { seconds, before } = this.columns;
    const pause = seconds[this.at]! - (this.at === 0 ? before : seconds[this.at - 1]!);
    return Number.isNaN(pause) ? undefined : pause;
  }

  private has(bit: number): boolean {
    return (this.columns.flags[this.at]! & bit) !== 0;
  }
}
