import type { Ref } from 'react';

import type { ExpressionProblem } from '#explore/expression.ts';
import { Underlined } from '../shared/Underlined.tsx';

/** The field and the line drawn behind it must break at the same places. */
export const asTyped = 'px-2 py-1 break-words whitespace-pre-wrap';

interface UnderlinedFieldProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly text: string;
  readonly problem: ExpressionProblem | undefined;
}

/** Draw behind the field what it cannot: a mark where something is wrong. It gives the field its height. */
export function UnderlinedField({ ref, text, problem }: UnderlinedFieldProps) {
  const start = problem?.at ?? text.length;
  const end = start + (problem?.length ?? 0);
  return (
    <div ref={ref} aria-hidden="true">
      <div className={asTyped}>
        <span className="block min-h-5 text-transparent max-md:min-h-6">
          <Underlined text={text} start={start} end={end} />
        </span>
      </div>
    </div>
  );
}

interface ProblemLineProps {
  readonly id: string;
  readonly problem: ExpressionProblem;
  readonly onGoTo: (problem: ExpressionProblem) => void;
}

/** Say what is wrong, and lead to it. */
export function ProblemLine({ id, problem, onGoTo }: ProblemLineProps) {
  return (
    <p id={id} className="pt-1 text-2xs [overflow-wrap:anywhere] text-ink-2">
      <button
        type="button"
        onClick={() => onGoTo(problem)}
        className="cursor-pointer text-danger underline underline-offset-2 max-md:py-1"
      >
        column {problem.at + 1}:
      </button>{' '}
      {problem.message}
    </p>
  );
}
