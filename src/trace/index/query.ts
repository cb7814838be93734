import type { EventQuery } from '../questions.ts';
import type { Replayer } from '../replayer.ts';
import type { Block, Blocks, Loaded } from './blocks.ts';
import { flag, type Tables } from './draft.ts';
import { ColumnGlance } from './glance.ts';
import type { TextPages } from './text-pages.ts';

/** A question about events, in the numbers of the columns. */
export class Query {
  private readonly query: EventQuery;
  private readonly names: readonly number[] | undefined;
  /** Undefined: none is asked for; -1: one that does not occur. */
  private readonly reason: number | undefined;
  private readonly rip: { readonly low: number; readonly high: number } | undefined;
  private readonly text: string | undefined;
  private readonly replayer: Replayer;
  private readonly glance: ColumnGlance;

  constructor(query: EventQuery, tables: Tables, replayer: Replayer) {
    this.query = query;
    this.names = query.names?.map((name) => tables.names.known(name) ?? -1).filter((code) => code >= 0);
    this.reason = query.reason === undefined ? undefined : (tables.reasons.known(query.reason) ?? -1);
    const rip = query.rip;
    this.rip =
      rip === undefined
        ? undefined
        : { low: Number(rip & 0xffffffffn), high: Number((rip >> 32n) & 0xffffffffn) };
    this.text = query.text?.toLowerCase();
    this.replayer = replayer;
    this.glance = new ColumnGlance(tables);
  }

  /** Whether an event of a block could be meant; cheap. */
  mayBeIn(block: Block): boolean {
    if (this.names && !block.names.hasAny(this.names)) return false;
    return this.reason === undefined || (this.reason >= 0 && block.reasons.has(this.reason));
  }

  /** The events of a block that are meant, in one direction, from a place in it on. */
  async *matches(
    blocks: Blocks,
    number: number,
    pages: TextPages,
    { from, direction }: { readonly from: number; readonly direction: 1 | -1 },
  ): AsyncGenerator<number> {
    const asksState = this.query.lane !== undefined || this.query.jump !== undefined;
    const before = asksState ? await blocks.before(number) : undefined;
    const found = this.inColumns(await blocks.load(number), before, from, direction);
    for (const at of found.places) {
      if (this.text === undefined) yield at;
      else {
        const line = await pages.line(found.offsets[at]!);
        if (line?.text.toLowerCase().includes(this.text)) yield at;
      }
    }
  }

  /** Places of the events that all but the text speaks for. Offsets are copied: the columns may be filled anew. */
  private inColumns(
    { columns }: Loaded,
    before: Int32Array | undefined,
    from: number,
    direction: 1 | -1,
  ): { readonly places: readonly number[]; readonly offsets: Float64Array } {
    const places: number[] = [];
    for (let at = from; at >= 0 && at < columns.count; at += direction) {
      if (this.isMeant(columns, at) && (before === undefined || this.isThere(columns, at, before[at]!)))
        places.push(at);
    }
    return { places, offsets: this.text === undefined ? columns.offset : columns.offset.slice() };
  }

  private isMeant(columns: Loaded['columns'], at: number): boolean {
    const { query, names, reason, rip } = this;
    if (query.vcpu !== undefined && columns.vcpu[at] !== query.vcpu) return false;
    if (names && !names.includes(columns.name[at]!)) return false;
    if (reason !== undefined && columns.reason[at] !== reason) return false;
    return (
      rip === undefined ||
      (columns.ripLow[at] === rip.low &&
        columns.ripHigh[at] === rip.high &&
        (columns.flags[at]! & flag.hasRip) !== 0)
    );
  }

  private isThere(columns: Loaded['columns'], at: number, state: number): boolean {
    const { lane, jump } = this.query;
    if (lane !== undefined && this.replayer.lane(state) !== lane) return false;
    if (jump === undefined) return true;
    this.glance.moveTo(columns, at);
    return this.replayer.isPlace(jump, state, this.glance);
  }
}
