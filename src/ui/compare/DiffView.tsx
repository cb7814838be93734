import { useState } from 'react';

import type { Diff, DiffGroup } from '#explore/diff.ts';
import { diffWords } from '#explore/words.ts';
import { Button } from '../shared/Button.tsx';
import { Choice, plainly } from './Choice.tsx';
import { DiffCard } from './DiffCard.tsx';
import { JobBar } from './JobBar.tsx';
import type { OpenWitness } from './open.ts';
import { useJob } from './useJob.ts';

interface Props {
  readonly kernels: readonly string[];
  readonly pair: readonly [string, string];
  readonly onPair: (pair: readonly [string, string]) => void;
  readonly onOpen: OpenWitness;
}

/** Every difference between two kernels, by cause. */
export function DiffView({ kernels, pair, onPair, onOpen }: Props) {
  const [left, right] = pair;
  const job = useJob<'diff'>({ kind: 'diff', left, right });
  const { result } = job;
  return (
    <div className="flex flex-col gap-3 p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Choice
          label="What does"
          value={right}
          options={plainly(kernels)}
          onChange={(id) => onPair([left, id])}
        />
        <Choice
          label="change against"
          value={left}
          options={plainly(kernels)}
          onChange={(id) => onPair([id, right])}
        />
        <Button onClick={() => onPair([right, left])}>Swap</Button>
      </div>
      <p className="text-base font-semibold text-ink">
        {result ? diffWords(result) : `${right} against ${left}`}
      </p>
      <JobBar
        job={job}
        done="Every operation within the bounds, tried in every state that both kernels reach"
      />
      {result && <Groups found={result} onOpen={onOpen} />}
    </div>
  );
}

interface GroupsProps {
  readonly found: Diff;
  readonly onOpen: OpenWitness;
}

const key = ({ cause }: DiffGroup): string => `${cause.fn} ${cause.test}`;

/** The groups that change what comes of an operation; the others behind a button. */
function Groups({ found, onOpen }: GroupsProps) {
  const [all, setAll] = useState(false);
  const { groups, kernels } = found;
  const telling = groups.filter(({ kinds }) => kinds.report > 0);
  const others = groups.filter(({ kinds }) => kinds.report === 0);
  const open = (group: DiffGroup): void => onOpen(group.witness, kernels);
  return (
    <>
      <ol aria-label="Causes, with their shortest witness" className="flex flex-col gap-2">
        {telling.map((group) => (
          <DiffCard key={key(group)} group={group} kernels={kernels} onOpen={() => open(group)} />
        ))}
        {all &&
          others.map((group) => (
            <DiffCard key={key(group)} group={group} kernels={kernels} onOpen={() => open(group)} />
          ))}
      </ol>
      {others.length > 0 && (
        <Button onClick={() => setAll(!all)} className="self-start">
          {all ? 'Hide' : 'Show'} {others.length} {others.length === 1 ? 'cause' : 'causes'} that no report
          shows
        </Button>
      )}
    </>
  );
}
