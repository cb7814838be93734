import type { Goal, HowTo } from '#explore/reachable.ts';
import { chartRegions } from '#session/chart-graph.ts';
import { Choice, plainly } from './Choice.tsx';
import { JobBar } from './JobBar.tsx';
import type { OpenWitness } from './open.ts';
import { Story } from './Story.tsx';
import { useJob } from './useJob.ts';

interface Props {
  readonly kernels: readonly string[];
  readonly kernel: string;
  readonly goal: Goal;
  readonly onKernel: (kernel: string) => void;
  readonly onGoal: (goal: Goal) => void;
  readonly onOpen: OpenWitness;
}

const states: readonly Goal[] = chartRegions.flatMap(({ name, states: list }) =>
  list.map((state) => ({ region: name as Goal['region'], state })),
);
const nameOf = ({ region, state }: Goal): string => `${region}: ${state}`;

/** The shortest program to a state of the chart, or what stands in the way. */
export function ReachView({ kernels, kernel, goal, onKernel, onGoal, onOpen }: Props) {
  const job = useJob<'howTo'>({ kind: 'howTo', kernel, goal });
  return (
    <div className="flex flex-col gap-3 p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Choice
          label="How do I get to"
          value={nameOf(goal)}
          options={plainly(states.map(nameOf))}
          onChange={(name) => onGoal(states.find((one) => nameOf(one) === name)!)}
        />
        <Choice label="on" value={kernel} options={plainly(kernels)} onChange={onKernel} />
      </div>
      <JobBar job={job} done="Every state within the bounds was looked at, the nearest first" />
      {job.result && <Answer found={job.result} kernel={kernel} goal={goal} onOpen={onOpen} />}
    </div>
  );
}

interface AnswerProps {
  readonly found: HowTo;
  readonly kernel: string;
  readonly goal: Goal;
  readonly onOpen: OpenWitness;
}

function headline(found: HowTo, goal: Goal): string {
  switch (found.kind) {
    case 'between': {
      const count = found.witness.step + 1;
      if (count === 0) return `A program begins with ${nameOf(goal)}.`;
      return `${count} ${count === 1 ? 'operation leads' : 'operations lead'} to ${nameOf(goal)}.`;
    }
    case 'inside':
      return `No operation ends with ${nameOf(goal)}; this one passes through it.`;
    case 'never':
      return `Nothing leads to ${nameOf(goal)}.`;
  }
}

function Answer({ found, kernel, goal, onOpen }: AnswerProps) {
  return (
    <section aria-label="Answer" className="flex flex-col gap-2 text-xs text-ink-2">
      <p className="text-base font-semibold text-ink">{headline(found, goal)}</p>
      {found.kind === 'never' ? (
        <p>{found.why.sentence}</p>
      ) : (
        <Story
          witness={found.witness}
          on={kernel}
          onOpen={() => onOpen(found.witness, [kernel], found.kind === 'inside' ? found.micro : undefined)}
        />
      )}
    </section>
  );
}
