/** Which vCPUs have not been heard of since events were lost: whose those were, nothing tells. */
export class Losses {
  private any: boolean;
  /** By vCPU: 1 since the loss, until its next event. */
  private readonly open: number[];

  constructor({ any, open }: LossesThere = { any: false, open: [] }) {
    this.any = any;
    this.open = [...open];
  }

  lost(): void {
    this.any = true;
    this.open.fill(1);
  }

  /** Whether events of the vCPU may be missing right before its next one, which this is. */
  heard(vcpu: number): boolean {
    if (!this.any) return false;
    const open = this.open[vcpu] ?? 1;
    while (this.open.length <= vcpu) this.open.push(1);
    this.open[vcpu] = 0;
    return open === 1;
  }

  here(): LossesThere {
    return { any: this.any, open: [...this.open] };
  }
}

export interface LossesThere {
  readonly any: boolean;
  readonly open: readonly number[];
}
