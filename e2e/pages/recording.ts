import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

/** A file as a visitor has it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const textFile = (name: string, content: string | Buffer): TestFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});

/** A recording of a real kernel, packed as it ships. */
export const shipped = (path: string): TestFile =>
  textFile(
    `${basename(path)}.txt.gz`,
    readFileSync(join(import.meta.dirname, '../../src/trace/fixtures', `${path}.txt.gz`)),
  );

const intelLine = (text: string, at: number): string =>
  ` CPU 0/KVM-50  [000] d....  32.${100_000 + at}: ${text}`;

/** What KVM on an Intel host records: the names of exits are those of VMX. */
export function intelText(): string {
  const zeros =
    'info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000';
  const lines = ['EPT_VIOLATION', 'CPUID', 'VMLAUNCH', 'HLT'].flatMap((reason, at) => {
    const rip = `0x${(0x1000 + at).toString(16)}`;
    return [`kvm_entry: vcpu 0, rip ${rip}`, `kvm_exit: vcpu 0 reason ${reason} rip ${rip} ${zeros}`];
  });
  return `# tracer: nop\n#\n${lines.map(intelLine).join('\n')}\n`;
}

/** Rounds of a vCPU: each an entry, an exit, and what came of it; now and then a write of EFER. */
export function traceText(rounds: number, task = 'CPU 0/KVM'): string {
  const lines = ['# tracer: nop', '#'];
  for (let round = 0; round < rounds; round += 1) {
    const time = (event: number): string => (32 + round / 1000 + event / 100_000).toFixed(6);
    const line = (event: number, text: string): string => ` ${task}-50  [000] d....  ${time(event)}: ${text}`;
    const rip = `0x${(0x20_0000 + round).toString(16)}`;
    const info = 'info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000';
    lines.push(line(0, `kvm_entry: vcpu 0, rip ${rip}`));
    if (round % 10 === 3)
      lines.push(
        line(1, `kvm_exit: vcpu 0 reason msr rip ${rip} info1 0x0000000000000001 ${info}`),
        line(2, 'kvm_msr: msr_write c0000080 = 0x1d00'),
      );
    else lines.push(line(1, `kvm_exit: vcpu 0 reason hlt rip ${rip} info1 0x0000000000000000 ${info}`));
  }
  return `${lines.join('\n')}\n`;
}

/** The page of a recording, in the visitor's words. */
export class RecordingView {
  readonly events: Locator;
  readonly rows: Locator;
  readonly chosen: Locator;
  readonly details: Locator;
  readonly search: Locator;
  readonly told: Locator;
  /** What is said of an import, or of a recording behind the run. */
  readonly bar: Locator;
  readonly file: Locator;
  /** What the events alone show. */
  readonly findings: Locator;
  readonly conformance: Locator;
  readonly mismatches: Locator;
  readonly ranking: Locator;
  readonly step: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.events = page.getByRole('grid', { name: 'Events' });
    this.rows = this.events.getByRole('row').filter({ has: page.getByRole('gridcell') });
    this.chosen = this.events.getByRole('row', { selected: true });
    this.details = page.getByRole('region', { name: 'The chosen event' });
    this.search = page.getByRole('searchbox', { name: 'Search the events' });
    this.told = page.getByRole('search').getByRole('status');
    this.bar = page.getByRole('region', { name: 'Recording' });
    this.file = page.getByRole('heading', { level: 2 }).first();
    this.findings = page.getByRole('region', { name: 'Findings' });
    this.conformance = page.getByRole('region', { name: 'Conformance' });
    this.mismatches = page.getByRole('region', { name: 'Mismatches' });
    this.ranking = page.getByRole('region', { name: 'Kernels by how well they explain it' });
    this.step = page.getByRole('region', { name: 'Step at the cursor' });
  }

  /** Choose a file in the dialog that opens files; a path, for what is too large to hand over. */
  async open(file: TestFile | string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Open a file' }).click();
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles(file);
  }

  async press(name: string): Promise<void> {
    await this.#page.getByRole('button', { name, exact: true }).click();
  }

  /** Hold it against a kernel. */
  async hold(kernel: string): Promise<void> {
    await this.conformance.getByRole('button', { name: kernel, exact: true }).click();
  }

  /** Let a file fall onto the page that a script makes there. */
  async drop(make: string): Promise<void> {
    await this.#page.evaluate(`window.madeFile = (${make})(); undefined`);
    await this.#page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add((window as unknown as { madeFile: File }).madeFile);
      window.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    });
  }
}
