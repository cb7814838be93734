import { present } from '#base/assert.ts';
import { LineSplitter } from '../line-splitter.ts';
import type { ByteSource } from '../source.ts';
import type { Replayer } from '../replayer.ts';
import { CodeSet } from './code-set.ts';
import { Columns, noVcpu } from './columns.ts';
import type { Tables } from './draft.ts';
import { ColumnGlance } from './glance.ts';
import { Indexer, type IndexerThere } from './indexer.ts';

/** How much is in memory at once. */
export interface Limits {
  /** Events of a block. */
  readonly block: number;
  /** Blocks. */
  readonly loaded: number;
}

/** About 1.5 million events, 3 MB a block. */
export const usualLimits: Limits = { block: 1 << 16, loaded: 24 };

/** What stays in memory of events that may not. */
export interface Block {
  /** The first event of it, among all. */
  readonly first: number;
  readonly count: number;
  /** Where to read it again. */
  readonly offset: number;
  readonly there: IndexerThere;
  /** What the replayer knew of each vCPU before it. */
  readonly states: readonly number[];
  /** Which names and reasons occur in it. */
  readonly names: CodeSet;
  readonly reasons: CodeSet;
}

/** A block in memory. */
export interface Loaded {
  readonly columns: Columns;
  /** What the replayer knew of its vCPU before each event; made when somebody asks. */
  before: Int32Array | undefined;
}

/** The events of a recording, most of them read again when they are needed. */
export class Blocks {
  readonly list: Block[] = [];
  private readonly loaded = new Map<number, Loaded>();
  private readonly source: ByteSource;
  private readonly tables: Tables;
  private readonly replayer: Replayer;
  private readonly glance: ColumnGlance;
  /** What the replayer knows of each vCPU behind the last block. */
  private readonly states: number[] = [];

  readonly size: number;
  private readonly maxLoaded: number;

  constructor(source: ByteSource, tables: Tables, replayer: Replayer, limits: Limits) {
    this.size = limits.block;
    this.maxLoaded = limits.loaded;
    this.source = source;
    this.tables = tables;
    this.replayer = replayer;
    this.glance = new ColumnGlance(tables);
  }

  /** Columns to fill: new ones, or those of the block that was used longest ago. */
  room(): Columns {
    if (this.loaded.size < this.maxLoaded) return new Columns(this.size);
    const [oldest, { columns }] = present(this.loaded.entries().next().value, 'blocks are loaded');
    this.loaded.delete(oldest);
    columns.clear();
    return columns;
  }

  /** Puts a block behind the others. */
  push(columns: Columns, offset: number, there: IndexerThere): void {
    const last = this.list.at(-1);
    const first = last ? last.first + last.count : 0;
    const [names, reasons] = [new CodeSet(), new CodeSet()];
    for (let at = 0; at < columns.count; at++) {
      names.add(columns.name[at]!);
      reasons.add(columns.reason[at]!);
    }
    const states = [...this.states];
    this.loaded.set(this.list.length, { columns, before: undefined });
    this.list.push({ first, count: columns.count, offset, there, states, names, reasons });
    this.replay(columns, this.states);
  }

  /** The block that an event is in. */
  numberOf(index: number): number {
    return Math.floor(index / this.size);
  }

  async load(number: number): Promise<Loaded> {
    const loaded = this.loaded.get(number) ?? (await this.readAgain(number));
    // The one that was used last comes last.
    this.loaded.delete(number);
    this.loaded.set(number, loaded);
    return loaded;
  }

  /** What the replayer knew of its vCPU before each event of a block. */
  async before(number: number): Promise<Int32Array> {
    const loaded = await this.load(number);
    loaded.before ??= this.replay(loaded.columns, [...this.list[number]!.states]);
    return loaded.before;
  }

  /** Follows the events of a block; `states` are those before it, and then those behind it. */
  private replay(columns: Columns, states: number[]): Int32Array {
    const { glance, replayer } = this;
    const before = new Int32Array(columns.count);
    for (let at = 0; at < columns.count; at++) {
      const vcpu = columns.vcpu[at]!;
      if (vcpu === noVcpu) {
        before[at] = replayer.start;
        continue;
      }
      while (states.length <= vcpu) states.push(replayer.start);
      const state = states[vcpu]!;
      before[at] = state;
      glance.moveTo(columns, at);
      states[vcpu] = replayer.step(state, glance);
    }
    return before;
  }

  private async readAgain(number: number): Promise<Loaded> {
    const { offset, there, count } = present(this.list[number], 'there is such a block');
    const columns = this.room();
    const indexer = new Indexer(this.tables, there);
    const splitter = new LineSplitter(offset);
    const read = (pieces: ReturnType<LineSplitter['finish']>): void => {
      for (const piece of pieces) indexer.read(piece, piece.from, columns, count);
    };
    for await (const { bytes } of this.source.open(offset)) {
      read(splitter.push(bytes, indexer.lines));
      if (columns.count === count) break;
    }
    if (columns.count < count) read(splitter.finish());
    return { columns, before: undefined };
  }
}
