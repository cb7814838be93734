import { kernelOf } from '#kvm/kernels.testing.ts';
import { outcomeWord, stateWord } from '#program/report.testing.ts';
import type { Report } from '#program/report.ts';
import { run } from '#program/runner.ts';
import { labelOf } from '#session/possible.ts';
import type { Scenario } from './scenario.ts';

/** What a scenario does on each of its kernels. */
export function reportsOf({ program, kernels }: Pick<Scenario, 'program' | 'kernels'>): readonly Report[] {
  return kernels.map((id) => run(kernelOf(id), program));
}

function reportLines({ kernel, steps, violations }: Report): readonly string[] {
  return [
    kernel,
    ...steps.map((step) => {
      const broken = violations.filter((one) => one.step === step.index).map(({ invariant }) => invariant);
      const breaks = broken.length === 0 ? '' : ` | breaks ${broken.join(' ')}`;
      return `  ${step.actor} ${labelOf(step.op)}: ${outcomeWord(step.outcome)} | ${stateWord(step)}${breaks}`;
    }),
  ];
}

/** A scenario as text: a line for each step of each kernel. */
export function goldenText(scenario: Scenario): string {
  return `${reportsOf(scenario).flatMap(reportLines).join('\n')}\n`;
}
