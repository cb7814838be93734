import type { Line, Prefix } from './lines/line.ts';
import { readLine } from './lines/read-line.ts';
import type { RecordingFormat } from './questions.ts';
import type { Seen } from './seen.ts';
import { Vcpus } from './vcpus.ts';

/** The plain reader: line after line, by regular expressions. The index reads the same faster, and is held against it. */
export class SeenReader {
  readonly vcpus = new Vcpus();
  /** Lines so far. */
  lines = 0;
  /** Events so far. */
  events = 0;
  /** Events and calls by format. */
  readonly formats = new Map<RecordingFormat, number>();

  /** What the next line says, which begins at this byte; undefined where it is empty. */
  read(text: string, offset: number): Seen | undefined {
    this.lines++;
    const line = readLine(text);
    return line && this.seen(line, { line: this.lines, offset });
  }

  private seen(line: Line, placed: { readonly line: number; readonly offset: number }): Seen {
    if (line.kind === 'event') {
      const vcpu = this.vcpus.ofEvent(line.prefix, line.vcpu, placed.line);
      this.events++;
      this.count(line.format);
      return { ...placed, kind: 'event', time: line.prefix.time, vcpu, name: line.name, args: line.args };
    }
    if (line.kind === 'switch') {
      this.vcpus.switched(line.cpu, line.from, line.to, line.task);
      return { ...placed, kind: 'note', text: line.text };
    }
    if ('fn' in line) return this.call(line, line.prefix, placed);
    return { ...placed, ...line };
  }

  private call(
    { kind, fn, depth, leaf }: Extract<Line, { kind: 'enter' | 'leave' }>,
    prefix: Prefix,
    placed: { readonly line: number; readonly offset: number },
  ): Seen {
    this.count('function_graph');
    const vcpu = this.vcpus.ofCall(prefix);
    return { ...placed, kind, time: prefix.time, vcpu, fn, depth, leaf };
  }

  private count(format: RecordingFormat): void {
    this.formats.set(format, (this.formats.get(format) ?? 0) + 1);
  }
}
