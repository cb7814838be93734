import type { Line } from '../lines/line.ts';
import { readLine } from '../lines/read-line.ts';
import { lineEnd, type Piece } from '../line-splitter.ts';
import { lineText } from '../read-seen.ts';
import type { RecordingFormat } from '../questions.ts';
import { Vcpus, type VcpusThere } from '../vcpus.ts';
import { type Columns, noVcpu } from './columns.ts';
import { Draft, flag, type Tables } from './draft.ts';
import { Losses, type LossesThere } from './losses.ts';
import { LineScanner } from './scan-line.ts';
import { Tally } from './tally.ts';

/** What an indexer knows at the beginning of a line, to read on from there. */
export interface IndexerThere {
  /** Lines before it. */
  readonly lines: number;
  readonly vcpus: VcpusThere;
  readonly losses: LossesThere;
  /** Of the last event; NaN where there is none, or no time. */
  readonly seconds: number;
}

/** Puts the events of lines into columns: what the scanner cannot read, by the plain reader. */
export class Indexer {
  readonly vcpus: Vcpus;
  readonly tally = new Tally();
  lines: number;
  private readonly tables: Tables;
  private readonly losses: Losses;
  private readonly draft = new Draft();
  private readonly scanner: LineScanner;
  private seconds: number;

  constructor(tables: Tables, there?: IndexerThere) {
    this.tables = tables;
    this.lines = there?.lines ?? 0;
    this.vcpus = there ? Vcpus.from(there.vcpus) : new Vcpus();
    this.losses = new Losses(there?.losses);
    this.seconds = there?.seconds ?? NaN;
    this.scanner = new LineScanner(this.draft, tables);
  }

  here(): IndexerThere {
    return { lines: this.lines, vcpus: this.vcpus.here(), losses: this.losses.here(), seconds: this.seconds };
  }

  /** Reads lines from a place in the piece on, until it ends or so many events are in the columns: where it stopped. */
  read({ bytes, offset }: Piece, from: number, columns: Columns, full: number): number {
    let at = from;
    this.draft.writeTo(columns);
    this.scanner.over(bytes);
    while (at < bytes.length && columns.count < full) {
      this.lines++;
      const scanned = this.scanner.scan(at);
      // What was scanned ends here, or with the carriage return before it.
      const to = lineEnd(bytes, at, this.lines, scanned === undefined ? at : this.scanner.end);
      if (scanned === undefined) this.readSlowly(lineText(bytes, at, to), columns, offset + at);
      else if (scanned === 'call') this.tally.calls++;
      else this.event(scanned, columns, offset + at);
      at = to + 1;
    }
    return at;
  }

  /** The event in the draft. */
  private event(format: RecordingFormat, columns: Columns, offset: number): void {
    const { draft } = this;
    const number = draft.number < 0 ? undefined : draft.number;
    const vcpu = this.vcpus.ofEvent(draft, number, this.lines);
    const flags = vcpu !== undefined && this.losses.heard(vcpu) ? flag.afterLoss : 0;
    if (columns.count === 0) columns.before = this.seconds;
    columns.push(draft.name, vcpu ?? noVcpu, flags, this.lines, offset);
    this.seconds = columns.seconds[columns.count - 1]!;
    this.tally.event(format);
  }

  private readSlowly(text: string, columns: Columns, offset: number): void {
    // The scanner may have begun to write.
    this.draft.clear();
    const line = readLine(text);
    if (line?.kind !== 'event') {
      if (line) this.other(line, text);
      return;
    }
    this.draft.take(line, this.tables, this.lines);
    if (line.args.of === 'other' && line.args.unread) this.tally.notUnderstood(line.name, this.lines, text);
    this.event(line.format, columns, offset);
  }

  private other(line: Exclude<Line, { kind: 'event' }>, text: string): void {
    switch (line.kind) {
      case 'enter':
      case 'leave':
        this.tally.calls++;
        break;
      case 'lost':
        this.losses.lost();
        this.tally.loss(line.count);
        break;
      case 'switch':
        this.vcpus.switched(line.cpu, line.from, line.to, line.task);
        this.tally.note(this.lines, line.text);
        break;
      case 'note':
        this.tally.note(this.lines, line.text);
        break;
      case 'unknown':
        this.tally.notUnderstood('no line of a trace', this.lines, text);
        break;
    }
  }
}
