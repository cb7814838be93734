import { figure } from '#base/figures.ts';
import { counted, headline, lineWords, stepTitle, whereWords } from '#trace/alignment-words.ts';
import type { AlignedStep, Alignment, RecordingSummary } from '#trace/questions.ts';
import type { Replay } from './replay.ts';

/** A recording held against the model, as text for a terminal or a mail. */

/** Mismatches that are told of one kernel. */
const toldMismatches = 5;

function recordingText({
  name,
  format,
  lines,
  events,
  calls,
  vcpus,
  lost,
  unread,
}: RecordingSummary): readonly string[] {
  const gaps =
    lost.places === 0
      ? []
      : [`  lost: at least ${counted(lost.events, 'event')} in ${counted(lost.places, 'place')}`];
  return [
    `${name}: ${format}, ${counted(lines, 'line')}, ${counted(events, 'event')} of ${counted(vcpus.length, 'vCPU')}${calls > 0 ? `, ${counted(calls, 'call')}` : ''}`,
    ...gaps,
    ...unread.map(
      ({ what, count, line }) =>
        `  not read: ${counted(count, 'line')}, ${what}, the first is line ${figure(line)}`,
    ),
  ];
}

function mismatchText(step: AlignedStep): readonly string[] {
  return [
    `  ${lineWords(step.lines)}: ${stepTitle(step)}, ${whereWords(step.context)}`,
    `    ${step.why}`,
    ...step.recorded.map((line) => `    recorded  ${line}`),
    ...step.expected.map((line) => `    model     ${line}`),
  ];
}

function alignmentText(one: Alignment): readonly string[] {
  const { events, steps, assumed, mismatches, impossible, undecided, unmodelled, findings } = one;
  const more = impossible - Math.min(mismatches.length, toldMismatches);
  return [
    headline(one),
    `  ${counted(steps, 'step')}; events: ${figure(events.explained)} explained, ${figure(events.unexplained)} unexplained, ${figure(events.impossible)} impossible; ${counted(assumed, 'operation')} of userspace assumed`,
    ...(undecided > 0
      ? [`  undecided: ${counted(undecided, 'step')} had too many possibilities to follow`]
      : []),
    ...findings.map(({ words }) => `  ! ${words}`),
    ...mismatches.slice(0, toldMismatches).flatMap(mismatchText),
    ...(more > 0 ? [`  and ${counted(more, 'more mismatch', 'more mismatches')}`] : []),
    ...(unmodelled.length > 0
      ? [`  not modelled: ${unmodelled.map(({ what, count }) => `${what} ${figure(count)}`).join(', ')}`]
      : []),
  ];
}

function tableText({ kernels }: Replay): readonly string[] {
  const width = Math.max(...kernels.map(({ kernel }) => kernel.length));
  return kernels.map(
    ({ kernel, place, events, impossible, assumed }) =>
      `  ${String(place).padStart(2)}  ${kernel.padEnd(width)}  ${figure(events.explained)} explained, ${figure(events.impossible)} impossible in ${counted(impossible, 'step')}, ${figure(assumed)} assumed`,
  );
}

/** The whole: what was recorded, which kernel explains it, and how the best one fares. */
export function replayText(replay: Replay): string {
  const { recording, kernels, words } = replay;
  const [best] = kernels;
  return [
    ...recordingText(recording),
    '',
    ...(kernels.length > 1 ? [words, ...tableText(replay), ''] : []),
    ...(best ? alignmentText(best) : []),
  ].join('\n');
}
