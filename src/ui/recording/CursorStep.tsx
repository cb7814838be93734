import {
  lineWords,
  partyOf,
  stepTitle,
  toldPairs,
  verdictWords,
  whereWords,
} from '#trace/alignment-words.ts';
import type { AlignedStep, Alignment, RecordingQuestions } from '#trace/questions.ts';
import { labelOf } from '#session/possible.ts';
import { classes } from '../shared/classes.ts';
import { AnswerBar } from './AnswerBar.tsx';
import { BothSides } from './Mismatches.tsx';
import type { OpenRecording } from './store.ts';
import { TwoTrees } from './TwoTrees.tsx';
import { useAsked, useLast } from './useAsked.ts';

interface Props {
  readonly recording: OpenRecording;
  readonly alignment: Alignment;
}

/** The step that an event belongs to; undefined: its vCPU is not known, or it belongs to none. */
export async function stepAt(
  questions: RecordingQuestions,
  kernel: string,
  event: number,
): Promise<AlignedStep | undefined> {
  const [row] = await questions.rows(event, 1);
  const vcpu = row?.event.vcpu;
  if (vcpu === undefined) return undefined;
  const [step] = await questions.steps(kernel, vcpu, event, event + 1);
  return step;
}

/** The step at the cursor: what was executed, how it compares, what is known after it. */
export function CursorStep({ recording: { summary, questions, look }, alignment }: Props) {
  const { kernel, mismatches } = alignment;
  const { cursor } = look;
  const answer = useAsked({
    key: `${kernel} ${cursor}`,
    ask: async () => ({ step: await stepAt(questions, kernel, cursor) }),
  });
  const { state } = answer;
  const step = useLast(answer.value)?.step;
  return (
    <section
      aria-label="Step at the cursor"
      aria-busy={state === 'asking'}
      className="flex flex-col gap-1.5 border-t border-line pt-2"
    >
      <h3 className="font-semibold text-ink-2">Step at the cursor</h3>
      {state === 'failed' && <AnswerBar answer={answer} doing="Aligning" bytes={summary.textBytes} />}
      {state === 'done' && !step && (
        <p className="text-ink-2">The event at the cursor belongs to no vCPU whose steps are known.</p>
      )}
      {step && (
        <StepFacts step={step} kernel={kernel} above={mismatches.some(({ from }) => from === step.from)} />
      )}
      {step && summary.calls > 0 && (step.op || step.verdict !== 'impossible') && (
        <TwoTrees questions={questions} kernel={kernel} step={step} />
      )}
      {step && summary.calls > 0 && !step.op && step.verdict === 'impossible' && (
        <p className="text-ink-2">
          {kernel} has no such step: choose a kernel that explains it to see its calls beside the recorded
          ones.
        </p>
      )}
    </section>
  );
}

const inks = {
  L1: 'text-l1',
  L2: 'text-l2',
  SMM: 'text-smm',
  userspace: 'text-userspace',
} as const;

interface FactsProps {
  readonly step: AlignedStep;
  readonly kernel: string;
  /** Both sides of it stand above already. */
  readonly above?: boolean;
}

/** What is known of a step. */
export function StepFacts({ step, kernel, above = false }: FactsProps) {
  const party = partyOf(step.context);
  const known = toldPairs(step.after);
  return (
    <>
      <p>
        {party !== undefined && (
          <span className={classes('font-semibold', inks[party])}>{whereWords(step.context)} </span>
        )}
        <code className="font-mono text-ink">{stepTitle(step)}</code>{' '}
        <span className="text-2xs text-ink-3">{lineWords(step.lines)}</span>
      </p>
      <p className={step.verdict === 'impossible' ? 'text-danger' : 'text-ink-2'}>
        <strong className="font-semibold">{step.verdict}</strong>: {verdictWords[step.verdict]}
      </p>
      {step.verdict === 'impossible'
        ? !above && <BothSides step={step} kernel={kernel} />
        : step.why !== '' && <p className="text-ink-2">{step.why}</p>}
      {step.assumed.length > 0 && (
        <p className="text-ink-2">
          No event shows it, but userspace must have done before:{' '}
          <span className="font-mono text-ink">{step.assumed.map(labelOf).join(', ')}</span>
        </p>
      )}
      {known.length === 0 ? (
        <p className="text-ink-3">Nothing is known of the state after it.</p>
      ) : (
        <div className="flex flex-wrap gap-x-3 text-2xs">
          <span className="text-ink-2">After it:</span>
          <dl aria-label="Known after it" className="contents">
            {known.map(([name, value]) => (
              <div key={name} className="flex gap-1">
                <dt className="text-ink-3">{name}</dt>
                <dd className="font-mono text-ink">{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </>
  );
}
