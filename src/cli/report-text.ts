import type { Report, ReportStep } from '#program/report.ts';
import { labelOf } from '#session/possible.ts';
import { outcomeWords, stateFlags } from '#session/words.ts';

function stateWords({ after }: ReportStep): string {
  const next = after.next ? `next: ${after.next.code}'s code in ${after.next.context}` : 'next: nothing';
  return [...stateFlags(after), next].join(', ');
}

function stepText(step: ReportStep, violations: readonly string[]): string {
  const head = `${step.index} ${step.actor}${step.context && step.context !== step.actor ? ` as ${step.context}` : ''}: ${labelOf(step.op)}`;
  return [
    `${head}${step.exit === null ? '' : ` (exit ${step.exit})`}`,
    ...step.path.map(({ fn, depth }) => `  ${'  '.repeat(depth)}${fn}()`),
    `  => ${outcomeWords(step.outcome)}`,
    `     ${stateWords(step)}`,
    ...violations.map((id) => `     breaks ${id}`),
  ].join('\n');
}

/** A report as text, for reading. */
export function reportText(report: Report): string {
  const broken = (index: number): readonly string[] =>
    report.violations.filter(({ step }) => step === index).map(({ invariant }) => invariant);
  return [
    `${report.kernel}: ${report.title}`,
    ...report.steps.map((step) => stepText(step, broken(step.index))),
  ].join('\n');
}
