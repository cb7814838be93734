import { readLine } from '../lines/read-line.ts';
import type { EventQuery, EventRow, RecordingSummary, Stop } from '../questions.ts';
import type { Glance, Replayer } from '../replayer.ts';
import type { SeenEvent } from '../seen.ts';
import type { ByteSource } from '../source.ts';
import type { Blocks, Loaded } from './blocks.ts';
import { noVcpu } from './columns.ts';
import type { Tables } from './draft.ts';
import { ColumnGlance } from './glance.ts';
import { Query } from './query.ts';
import { TextPages } from './text-pages.ts';

/** An event on the way through many; one object stands for each in turn. */
export interface Visited {
  /** Among all events of the recording. */
  index: number;
  vcpu: number | undefined;
  time: number | undefined;
  /** What the replayer knew of its vCPU before it. */
  state: number;
  readonly event: Glance;
}

/** A recording that was read once: all questions about its events are answered from here, in bounded memory. */
export class RecordingIndex {
  readonly summary: RecordingSummary;
  private readonly blocks: Blocks;
  private readonly tables: Tables;
  private readonly replayer: Replayer;
  private readonly pages: TextPages;

  constructor(
    source: ByteSource,
    parts: {
      readonly summary: RecordingSummary;
      readonly blocks: Blocks;
      readonly tables: Tables;
      readonly replayer: Replayer;
    },
  ) {
    this.summary = parts.summary;
    this.blocks = parts.blocks;
    this.tables = parts.tables;
    this.replayer = parts.replayer;
    this.pages = new TextPages(source);
  }

  /** Events from one on, as many as there are. */
  async rows(from: number, count: number): Promise<readonly EventRow[]> {
    const rows: EventRow[] = [];
    const to = Math.min(from + count, this.summary.events);
    for (let index = Math.max(0, from); index < to; index++) {
      const before = await this.blocks.before(this.blocks.numberOf(index));
      const lane = this.replayer.lane(before[index % this.blocks.size]!);
      rows.push({ index, event: await this.event(index), lane });
    }
    return rows;
  }

  /** The text of lines, from the one that begins at a byte. */
  async text(offset: number, lines: number): Promise<readonly string[]> {
    const texts: string[] = [];
    for (let at = offset; texts.length < lines;) {
      const line = await this.pages.line(at);
      if (!line) break;
      texts.push(line.text);
      at = line.next;
    }
    return texts;
  }

  /** The next event that is meant, from one on in a direction, without the one itself. */
  async find(asked: EventQuery, from: number, direction: 1 | -1, stop: Stop): Promise<number | undefined> {
    const query = new Query(asked, this.tables, this.replayer);
    const start = direction === 1 ? Math.max(from + 1, 0) : Math.min(from, this.summary.events) - 1;
    // Past either end there is none; its block, which may have room left, would be looked through anew.
    if (start < 0 || start >= this.summary.events) return undefined;
    const { blocks } = this;
    for (let number = blocks.numberOf(start); ; number += direction) {
      const block = blocks.list[number];
      if (!block || stop.aborted) return undefined;
      if (!query.mayBeIn(block)) continue;
      const edge = direction === 1 ? 0 : block.count - 1;
      const inside = start >= block.first && start < block.first + block.count;
      const way = { from: inside ? start - block.first : edge, direction };
      for await (const at of query.matches(blocks, number, this.pages, way))
        return stop.aborted ? undefined : block.first + at;
    }
  }

  /** How many events are meant. */
  async count(asked: EventQuery, stop: Stop): Promise<number> {
    const query = new Query(asked, this.tables, this.replayer);
    let count = 0;
    for (const [number, block] of this.blocks.list.entries()) {
      if (!query.mayBeIn(block)) continue;
      for await (const _ of query.matches(this.blocks, number, this.pages, { from: 0, direction: 1 })) {
        if (stop.aborted) return count;
        count++;
      }
    }
    return count;
  }

  /** The events that are meant, in their order. What was stopped tells those up to there. */
  async matches(asked: EventQuery, stop: Stop): Promise<Uint32Array> {
    const query = new Query(asked, this.tables, this.replayer);
    let found = new Uint32Array(1024);
    let count = 0;
    for (const [number, block] of this.blocks.list.entries()) {
      if (!query.mayBeIn(block)) continue;
      for await (const at of query.matches(this.blocks, number, this.pages, { from: 0, direction: 1 })) {
        if (stop.aborted) return found.slice(0, count);
        if (count === found.length) found = grown(found);
        found[count++] = block.first + at;
      }
    }
    return found.slice(0, count);
  }

  /** Goes through events from one up to and without another, in their order. */
  async walk(from: number, to: number, visit: (visited: Visited) => void, stop?: Stop): Promise<void> {
    const glance = new ColumnGlance(this.tables);
    const visited: Visited = { index: 0, vcpu: undefined, time: undefined, state: 0, event: glance };
    for (let index = Math.max(0, from); index < Math.min(to, this.summary.events);) {
      if (stop?.aborted) return;
      const number = this.blocks.numberOf(index);
      const before = await this.blocks.before(number);
      const { columns } = await this.blocks.load(number);
      const first = number * this.blocks.size;
      for (; index < Math.min(to, first + columns.count); index++) {
        const at = index - first;
        glance.moveTo(columns, at);
        visited.index = index;
        visited.vcpu = vcpuAt(columns, at);
        visited.time = Number.isNaN(columns.seconds[at]) ? undefined : columns.seconds[at];
        visited.state = before[at]!;
        visit(visited);
      }
    }
  }

  /** The event as its line says it. */
  private async event(index: number): Promise<SeenEvent> {
    const { columns } = await this.blocks.load(this.blocks.numberOf(index));
    const at = index % this.blocks.size;
    const placed = { line: columns.line[at]!, offset: columns.offset[at]!, vcpu: vcpuAt(columns, at) };
    const text = (await this.pages.line(placed.offset))?.text ?? '';
    const line = readLine(text);
    if (line?.kind !== 'event')
      throw new Error(`line ${placed.line}: the file has changed since it was read`);
    return { ...placed, kind: 'event', time: line.prefix.time, name: line.name, args: line.args };
  }
}

function grown(full: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const roomy = new Uint32Array(2 * full.length);
  roomy.set(full);
  return roomy;
}

function vcpuAt(columns: Loaded['columns'], at: number): number | undefined {
  const vcpu = columns.vcpu[at]!;
  return vcpu === noVcpu ? undefined : vcpu;
}
