import type { InvariantVerdict, KernelVerdict } from '#explore/check.ts';
import type { Diff, DiffGroup } from '#explore/diff.ts';
import { brokenWords, causeWords, diffWords, kindWords, whenWords } from '#explore/words.ts';
import { countWords, storyLine } from '#explore/story-words.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { kernel } from '#kvm/kernels.ts';

/** What was found by exploration, as text. */

const marks: Readonly<Record<InvariantVerdict['verdict'], string>> = {
  holds: 'holds',
  broken: 'BROKEN',
  'not-applicable': '-',
};

function verdictText(one: InvariantVerdict, on: Kernel): string {
  const head = `  ${one.id.padEnd(4)} ${marks[one.verdict].padEnd(7)} ${one.statement}`;
  if (one.witness) return `${head}\n               ${countWords(one.witness)}: ${storyLine(one.witness, on)}`;
  return one.why === undefined ? head : `${head} (${one.why})`;
}

function kernelOf(id: string): Kernel {
  const built = kernel(id);
  if (!built.ok) throw new Error(built.error);
  return built.value;
}

/** Verdicts as text, for reading. */
export function checkText(verdicts: readonly KernelVerdict[]): string {
  return verdicts
    .map((verdict) => {
      const on = kernelOf(verdict.kernel);
      const head = `${verdict.kernel}: ${brokenWords(verdict)} (${verdict.states} states, ${verdict.transitions} transitions)`;
      return [head, ...verdict.invariants.map((one) => verdictText(one, on))].join('\n');
    })
    .join('\n\n');
}

function groupText(group: DiffGroup, [left, right]: Diff['kernels']): string {
  const { cause, count, witness, cameTo } = group;
  return [
    `${count} in ${causeWords(cause)}`,
    `  ${whenWords(group)}: ${kindWords(group)}`,
    `  ${countWords(witness)}: ${storyLine(witness, kernelOf(left))}`,
    `    ${left}: ${cameTo[0]}`,
    `    ${right}: ${cameTo[1]}`,
  ].join('\n');
}

/** Differences as text, for reading. */
export function diffText(found: Diff): string {
  return [diffWords(found), ...found.groups.map((group) => groupText(group, found.kernels))].join('\n\n');
}
