import type { AlignedStep } from '../questions.ts';

/** What many steps have in common, kept once. */
type Content = Omit<AlignedStep, 'vcpu' | 'from' | 'to' | 'lines'>;

/** Numbers of a step: where it begins and ends in events and lines, and which content it has. */
const width = 5;
const firstRoom = 1024;

/** The steps of one vCPU, in order. */
class Column {
  private numbers = new Uint32Array(firstRoom * width);
  count = 0;

  push(numbers: readonly number[]): void {
    const at = this.count * width;
    if (at === this.numbers.length) {
      const roomy = new Uint32Array(2 * this.numbers.length);
      roomy.set(this.numbers);
      this.numbers = roomy;
    }
    this.numbers.set(numbers, at);
    this.count += 1;
  }

  at(index: number): Uint32Array {
    return this.numbers.subarray(index * width, (index + 1) * width);
  }

  /** The first step that ends behind an event. */
  firstBehind(event: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle)[1]! > event) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The steps of an alignment, in little memory: most of them are alike. */
export class KeptSteps {
  private readonly columns = new Map<number, Column>();
  private readonly contents: Content[] = [];
  private readonly numbers = new Map<string, number>();
  private count = 0;
  private readonly limit: number;

  /** `limit`: how many steps are kept; with more than that, none can be asked for. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether there were more than are kept. */
  get isFull(): boolean {
    return this.count > this.limit;
  }

  /** Steps so far. */
  get size(): number {
    return this.count;
  }

  push({ vcpu, from, to, lines, ...step }: AlignedStep): void {
    const content = { ...step, index: 0 };
    this.count += 1;
    if (this.isFull) return this.drop();
    const column = this.columns.get(vcpu) ?? new Column();
    this.columns.set(vcpu, column);
    column.push([from, to, lines[0], lines[1], this.numberOf(content)]);
  }

  private drop(): void {
    this.columns.clear();
    this.contents.length = 0;
    this.numbers.clear();
  }

  private numberOf(content: Content): number {
    const key = JSON.stringify(content);
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.contents.push(content) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  /** The steps of a vCPU that have an event from there up to and without `to`. */
  within(vcpu: number, from: number, to: number): readonly AlignedStep[] {
    const column = this.columns.get(vcpu);
    const steps: AlignedStep[] = [];
    if (!column) return steps;
    for (let index = column.firstBehind(from); index < column.count; index += 1) {
      const [first, end, line, last, content] = column.at(index);
      if (first! >= to) break;
      steps.push({
        ...this.contents[content!]!,
        index,
        vcpu,
        from: first!,
        to: end!,
        lines: [line!, last!],
      });
    }
    return steps;
  }
}

/** Steps that are kept of all kernels together: 20 bytes each. */
const allLimit = 4_000_000;

/** The steps of the kernels that were asked about last. */
export class StepsOfKernels {
  private readonly kernels = new Map<string, KeptSteps>();

  /** Room for the steps of some kernels at once. */
  room(kernels: number): KeptSteps {
    return new KeptSteps(Math.floor(allLimit / Math.max(kernels, 1)));
  }

  /** Keep what an alignment came to; those that were asked for longest ago are dropped for it. */
  keep(kernel: string, steps: KeptSteps): void {
    if (steps.isFull) return;
    this.kernels.delete(kernel);
    this.kernels.set(kernel, steps);
    let all = [...this.kernels.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [oldest, { size }] of this.kernels) {
      if (all <= allLimit) break;
      this.kernels.delete(oldest);
      all -= size;
    }
  }

  of(kernel: string): KeptSteps | undefined {
    const steps = this.kernels.get(kernel);
    if (steps) {
      this.kernels.delete(kernel);
      this.kernels.set(kernel, steps);
    }
    return steps;
  }
}
