import { memo, type Ref } from 'react';

import type { LineProblem } from '#program/notation.ts';
import { classes } from '../shared/classes.ts';
import { Underlined } from '../shared/Underlined.tsx';

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly lines: readonly string[];
  readonly problems: readonly LineProblem[];
}

/**
 * Draw behind a field what the field itself cannot: the number of each line, and a mark where something is wrong.
 * It wraps as the field does, and gives it its height.
 */
export function CodeLines({ ref, lines, problems }: Props) {
  const byLine = new Map(problems.map((problem) => [problem.line, problem]));
  return (
    <div ref={ref} aria-hidden="true" className="min-h-17 py-1">
      {lines.map((text, index) => (
        // A line has no identity but its place.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={index} number={index + 1} text={text} problem={byLine.get(index + 1)} />
      ))}
    </div>
  );
}

interface LineProps {
  readonly number: number;
  readonly text: string;
  readonly problem: LineProblem | undefined;
}

const Line = memo(function Line({ number, text, problem }: LineProps) {
  const start = problem ? problem.column - 1 : text.length;
  const end = problem ? start + problem.length : text.length;
  return (
    <div className="flex">
      <span
        className={classes(
          'w-9 shrink-0 pr-2 text-right select-none',
          problem ? 'bg-danger-ground font-semibold text-danger' : 'text-ink-3',
        )}
      >
        {problem && <span className="float-left pl-1">!</span>}
        {number}
      </span>
      <span className="min-h-5 min-w-0 flex-1 pr-2 break-words whitespace-pre-wrap text-transparent max-md:min-h-6">
        <Underlined text={text} start={start} end={end} />
      </span>
    </div>
  );
});
