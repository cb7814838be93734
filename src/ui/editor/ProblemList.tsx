import type { LineProblem } from '#program/notation.ts';

interface Props {
  readonly id: string;
  readonly problems: readonly LineProblem[];
  readonly onGoTo: (problem: LineProblem) => void;
}

/** Problems that are spelled out; of the rest the number. */
const shown = 3;

/** Say what is wrong with the lines of a field, and lead to them. */
export function ProblemList({ id, problems, onGoTo }: Props) {
  if (problems.length === 0) return null;
  const more = problems.length - shown;
  return (
    <ul id={id} className="text-2xs text-ink-2">
      {problems.slice(0, shown).map((problem) => (
        <li key={`${problem.line} ${problem.column}`} className="pt-0.5 break-words">
          <button
            type="button"
            onClick={() => onGoTo(problem)}
            className="cursor-pointer text-danger underline underline-offset-2 max-md:py-1"
          >
            line {problem.line}, column {problem.column}:
          </button>{' '}
          {problem.message}
        </li>
      ))}
      {more > 0 && <li className="pt-0.5">and {more} more</li>}
    </ul>
  );
}
