import { lanes, lanesOf, type Lane, type LaneStep } from '#session/lanes.ts';
import { trunkTo } from '#session/session.ts';
import { outcomeWords } from '#session/words.ts';
import type { DrawnLine } from './document.ts';
import type { Subject } from './subject.ts';

/** The run so far as a sequence diagram in letters: down the page, a column a lane. */

/** Columns before the first lane: the number of the step. */
const margin = 3;
const pitch = 9;
const idle = '.';

type Group = readonly [LaneStep, readonly string[]];

class Drawing {
  private readonly shown: readonly Lane[];
  private readonly all: readonly string[];

  constructor(shown: readonly Lane[], all: readonly string[]) {
    this.shown = shown;
    this.all = all;
  }

  private at(lane: Lane): number {
    return margin + 4 + this.shown.indexOf(lane) * pitch;
  }

  private get width(): number {
    return margin + 4 + (this.shown.length - 1) * pitch + 5;
  }

  /** The lanes with nothing going on, or with a way from one to another. */
  private line(number: string, from?: Lane, to?: Lane, end = 'o'): string {
    const signs = number.padEnd(this.width).split('');
    for (const lane of this.shown) signs[this.at(lane)] = idle;
    if (from === undefined || to === undefined) return signs.join('');
    const [start, stop] = [this.at(from), this.at(to)];
    const [left, right] = [Math.min(start, stop), Math.max(start, stop)];
    for (let column = left; column <= right; column += 1) signs[column] = '-';
    signs[start] = from === 'KVM' ? '#' : 'o';
    if (start < stop) signs[stop - 1] = '>';
    if (start > stop) signs[stop + 1] = '<';
    signs[stop] = to === 'KVM' ? '#' : end;
    return signs.join('');
  }

  head(): DrawnLine {
    const signs = Array.from({ length: this.width }, () => ' ');
    for (const lane of this.shown) {
      const from = Math.max(0, this.at(lane) - Math.floor((lane.length - 1) / 2));
      signs.splice(from, lane.length, ...lane.split(''));
    }
    return this.told(signs.join(''), '');
  }

  private told(drawn: string, words: string): DrawnLine {
    return { drawn, words, below: this.line(''), hang: 2 };
  }

  /** Said of some kernels only: which ones. */
  private of(kernels: readonly string[], words: string): string {
    return kernels.length === this.all.length ? words : `${kernels.join(', ')}: ${words}`;
  }

  step(number: number, groups: readonly Group[]): readonly DrawnLine[] {
    const label = `${number}`.padStart(margin - 1);
    const begins = new Set(
      groups.map(([{ made, from, viaKvm, label: what }]) => [!made, from, viaKvm, what].join()),
    );
    const first = groups[0];
    if (first && begins.size === 1 && first[0].made && first[0].viaKvm) {
      return [
        this.told(this.line(label, first[0].from, 'KVM'), first[0].label),
        ...groups.map(([step, kernels]) => this.entry('', step, kernels, '')),
      ];
    }
    return groups.flatMap(([step, kernels], index) => this.apart(index === 0 ? label : '', step, kernels));
  }

  /** An operation from its beginning, on the kernels that do it. */
  private apart(number: string, step: LaneStep, kernels: readonly string[]): readonly DrawnLine[] {
    if (!step.made) return [this.told(this.line(number), this.of(kernels, `does not move: ${step.label}`))];
    if (!step.viaKvm) {
      return [this.entry(number, step, kernels, `${step.label}: `)];
    }
    return [
      this.told(this.line(number, step.from, 'KVM'), this.of(kernels, step.label)),
      this.entry('', step, kernels, ''),
    ];
  }

  private entry(number: string, step: LaneStep, kernels: readonly string[], before: string): DrawnLine {
    const words = step.made ? outcomeWords(step.made.step.outcome) : step.label;
    const from = step.viaKvm ? 'KVM' : step.from;
    return this.told(
      this.line(number, from, step.to, step.corrupt ? '!' : 'o'),
      this.of(kernels, before + words),
    );
  }
}

/** Kernels that fared alike in an operation, together. */
function groupsOf(steps: readonly (readonly [LaneStep, string])[]): readonly Group[] {
  const groups = new Map<string, [LaneStep, string[]]>();
  for (const [step, kernel] of steps) {
    const outcome = step.made ? outcomeWords(step.made.step.outcome) : '';
    const key = [step.label, step.from, step.viaKvm, step.to, step.corrupt, outcome].join('\n');
    const known = groups.get(key);
    if (known) known[1].push(kernel);
    else groups.set(key, [step, [kernel]]);
  }
  return [...groups.values()];
}

/** The run up to the cursor, or its last operation, with whether L2's code or registers ever ran as L1. */
export function lanesDrawing({ session, choices }: Subject): {
  readonly lines: readonly DrawnLine[];
  readonly corrupt: boolean;
} {
  const { kernels, cursor } = session;
  const made = trunkTo(session, cursor.node).length - 1;
  const first = choices.run === 'whole' ? 0 : Math.max(0, made - 1);
  const byKernel = kernels.map((kernel) => lanesOf(session, kernel).slice(0, made));
  const steps = byKernel.flatMap((run) => run.slice(first));
  if (steps.length === 0) return { lines: [], corrupt: false };
  const shown = lanes.filter(
    (lane) => lane !== 'SMM' || steps.some(({ from, to }) => [from, to].includes(lane)),
  );
  const drawing = new Drawing(shown, kernels);
  const lines = Array.from({ length: made - first }, (_, at) => {
    const index = first + at;
    const groups = groupsOf(kernels.map((kernel, column) => [byKernel[column]![index]!, kernel] as const));
    return drawing.step(index + 1, groups);
  });
  return { lines: [drawing.head(), ...lines.flat()], corrupt: steps.some(({ corrupt }) => corrupt) };
}
