import { useState } from 'react';

import type { ProgramProblem } from '#program/problem.ts';
import { problemLine } from '#program/problem.ts';
import { fail, type Result } from '#base/result.ts';
import { figure } from '#base/figures.ts';
import type { TakenProgram } from '#trace/questions.ts';
import { Button } from '../shared/Button.tsx';
import { AnswerBar } from './AnswerBar.tsx';
import type { ConformanceProps } from './Conformance.tsx';
import { stepAt } from './CursorStep.tsx';
import { lookAt, type RecordingLook } from './store.ts';
import { useAsked } from './useAsked.ts';

type Props = Pick<ConformanceProps, 'recording' | 'onOpenProgram'> & { readonly kernel: string };

type Marks = RecordingLook['stretch'];

const setMarks = (stretch: Marks): void => lookAt({ stretch });

/** Events from the first mark to the last, both included; one mark alone goes to the cursor. */
export function stretchOf({ from, to }: Marks, cursor: number): readonly [number, number] {
  const [left, right] = [from ?? cursor, to ?? cursor];
  return left <= right ? [left, right] : [right, left];
}

/** Take a stretch of the recording into the session as a program. */
export function TakeStretch(props: Props) {
  const { cursor, stretch: marks } = props.recording.look;
  const [asked, setAsked] = useState<readonly [number, number]>();
  const [from, to] = stretchOf(marks, cursor);
  return (
    <section aria-label="Take into the session" className="flex flex-col gap-1.5 border-t border-line pt-2">
      <h3 className="font-semibold text-ink-2">Take into the session</h3>
      <div className="flex flex-wrap items-center gap-1.5">
        <Button pressed={marks.from === cursor} onClick={() => setMarks({ ...marks, from: cursor })}>
          Start here
        </Button>
        <Button pressed={marks.to === cursor} onClick={() => setMarks({ ...marks, to: cursor })}>
          End here
        </Button>
        {(marks.from !== undefined || marks.to !== undefined) && (
          <Button tone="quiet" onClick={() => setMarks({ from: undefined, to: undefined })}>
            Clear marks
          </Button>
        )}
        <Button tone="primary" onClick={() => setAsked([from, to])}>
          Make a program
        </Button>
      </div>
      <p className="text-2xs text-ink-3">
        {from === to
          ? `The step of event ${figure(from + 1)}, at the cursor.`
          : `Events ${figure(from + 1)} to ${figure(to + 1)}.`}{' '}
        {marks.from !== undefined && marks.from !== cursor && (
          <button
            type="button"
            className="cursor-pointer text-accent"
            onClick={() => lookAt({ cursor: marks.from! })}
          >
            Go to the start
          </button>
        )}
      </p>
      {asked && (
        <Taken key={asked.join(' ')} {...props} stretch={asked} onClose={() => setAsked(undefined)} />
      )}
    </section>
  );
}

interface TakenProps extends Props {
  readonly stretch: readonly [number, number];
  readonly onClose: () => void;
}

/** It stands at the end of a long column: what was asked for is to be seen. */
const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

/** What the stretch came to as a program, and the way into the session. */
function Taken({ recording, kernel, stretch: [from, to], onOpenProgram, onClose }: TakenProps) {
  const { questions, summary } = recording;
  const answer = useAsked({
    key: `${kernel} ${from} ${to}`,
    ask: async (): Promise<Result<TakenProgram, ProgramProblem>> => {
      const [row] = await questions.rows(from, 1);
      const step = await stepAt(questions, kernel, from);
      const vcpu = step?.vcpu ?? row?.event.vcpu;
      if (vcpu === undefined) return fail({ path: 'stretch', message: 'it begins with an event of no vCPU' });
      return questions.program(kernel, vcpu, from, to + 1);
    },
  });
  const { value } = answer;
  return (
    <div ref={intoView} className="flex flex-col gap-1.5 rounded-sm border border-line p-2">
      <AnswerBar answer={answer} doing="Writing a program" bytes={summary.textBytes} />
      {value?.ok === false && (
        <p role="alert" className="text-danger">
          It cannot be taken: {problemLine(value.error)}
        </p>
      )}
      {value?.ok && <TakenFacts taken={value.value} kernel={kernel} />}
      <div className="flex gap-1.5">
        {value?.ok && (
          <Button
            tone="primary"
            onClick={() => onOpenProgram(value.value.program, [kernel], value.value.startStep)}
          >
            Open as a run
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
      {value && <span ref={intoView} />}
    </div>
  );
}

/** Whether a taken program does the same, and what had to be chosen. */
export function TakenFacts({ taken, kernel }: { readonly taken: TakenProgram; readonly kernel: string }) {
  const { same, difference, chosen } = taken;
  return (
    <>
      <p className={same ? 'text-ink' : 'text-danger'}>
        <span aria-hidden="true">{same ? '✓' : '✗'}</span>{' '}
        {same
          ? `On ${kernel} the program fires the recorded tracepoints.`
          : `On ${kernel} the program fires other tracepoints than recorded: ${difference}.`}
      </p>
      {chosen.length > 0 && (
        <>
          <p className="text-2xs text-ink-3">Chosen, since the recording does not tell:</p>
          <ul className="list-disc pl-4 text-2xs text-ink-2">
            {chosen.map((sentence) => (
              <li key={sentence} className="[overflow-wrap:anywhere]">
                {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
