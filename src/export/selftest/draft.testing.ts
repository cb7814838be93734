import { kernelOf } from '#kvm/kernels.testing.ts';
import type { Program } from '#program/types.ts';
import { selftestDraft, type SelftestDraft } from './draft.ts';
import type { Plan } from './plan.ts';
import { planOf } from './walk.ts';

/** Drafts for tests, and what stands in them. */

/** The draft; fails the test where there is none. */
export function draftOf(program: Program, kernel: string): SelftestDraft {
  const made = selftestDraft({ program, kernel: kernelOf(kernel) });
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

/** The draft's text, or the sentence that says why there is none. */
export function textOf(program: Program, kernel: string): string {
  const made = selftestDraft({ program, kernel: kernelOf(kernel) });
  return made.ok ? made.value.text : `${made.error}\n`;
}

/** What the draft covers of the program; undefined where there is no draft. */
export function planned(program: Program, kernel: string): Plan | undefined {
  const made = planOf(kernelOf(kernel), program);
  return made.ok ? made.value : undefined;
}

/** The C without comments and strings: what stands in braces and parentheses there counts. */
export function code(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\/\/.*/g, '')
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}

/** The comments as one line each, without their frames. */
export function comments(text: string): string {
  return (text.match(/\/\*[\s\S]*?\*\//g) ?? [])
    .map((one) => one.replaceAll(/\s*\n\s*\*?\s?/g, ' ').replaceAll(/\s+/g, ' '))
    .join('\n');
}

/** Exit reasons in the order in which main() asserts them. */
export function assertedReasons(text: string): readonly string[] {
  return [...text.matchAll(/TEST_ASSERT_KVM_EXIT_REASON\(vcpu, (\w+)\)/g)].map(([, reason]) => reason!);
}

/** The columns that a line takes, tabs of eight. */
export function columns(line: string): number {
  let column = 0;
  for (const char of line) column = char === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + 1;
  return column;
}
