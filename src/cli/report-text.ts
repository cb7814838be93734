import type { Report, ReportStep } from '#program/report.ts';
import { labelOf } from '#session/possible.ts';
import { outcomeWords } from '#session/words.ts';

function stateWords({ after }: ReportStep): string {
  const flags = [
    after.guestMode ? 'guest mode' : 'no guest mode',
    `SVME=${after.svme ? 1 : 0}`,
    `GIF=${after.gif ? 1 : 0}`,
    after.nestedAllocated ? 'nested allocated' : 'nested free',
    after.vmcb,
    ...(after.smm ? ['SMM'] : []),
    ...(after.tripleFaultRequested ? ['TRIPLE_FAULT requested'] : []),
  ];
  const next = after.next ? `next: ${after.next.code}'s code in ${after.next.context}` : 'next: nothing';
  return [...flags, next].join(', ');
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
