import { figure } from '#base/figures.ts';
import { useState } from 'react';

import type { KernelVerdict } from '#explore/check.ts';
import { brokenWords } from '#explore/words.ts';
import { CheckTable } from './CheckTable.tsx';
import { JobBar } from './JobBar.tsx';
import type { OpenWitness } from './open.ts';
import { OwnInvariant } from './OwnInvariant.tsx';
import { useJob } from './useJob.ts';

interface Props {
  readonly kernels: readonly string[];
  readonly onOpen: OpenWitness;
}

/** Every named invariant on every kernel, and one of the visitor's own. */
export function CheckView({ kernels, onOpen }: Props) {
  const job = useJob<'check'>({ kind: 'check', kernels });
  const [own, setOwn] = useState('');
  const [asked, setAsked] = useState<string>();
  return (
    <div className="flex flex-col gap-3 p-3">
      <p className="text-base font-semibold text-ink">{headline(job.result)}</p>
      <JobBar job={job} done={doneWords(job.result)} />
      <OwnInvariant
        value={own}
        onChange={setOwn}
        onCheck={setAsked}
        result={asked !== undefined && <OwnResult own={asked} kernels={kernels} onOpen={onOpen} />}
      />
      {job.result && <CheckTable verdicts={job.result} label="Invariants" onOpen={onOpen} />}
    </div>
  );
}

function headline(verdicts: readonly KernelVerdict[] | undefined): string {
  if (!verdicts) return 'Which kernel keeps which promise';
  const [first] = verdicts;
  const named = first?.invariants.length ?? 0;
  const broken = new Set(
    verdicts.flatMap(({ invariants }) =>
      invariants.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id),
    ),
  );
  const clean = verdicts.filter((one) => brokenWords(one) === 'breaks nothing').length;
  return `${broken.size} of ${named} invariants are broken by some kernel; ${clean === 0 ? 'no kernel keeps' : `${clean} keep`} them all.`;
}

function doneWords(verdicts: readonly KernelVerdict[] | undefined): string {
  const sum = (of: (one: KernelVerdict) => number): number =>
    (verdicts ?? []).reduce((total, one) => total + of(one), 0);
  return `${figure(sum(({ states }) => states))} states, ${figure(sum(({ transitions }) => transitions))} transitions, every one checked`;
}

interface OwnResultProps {
  readonly own: string;
  readonly kernels: readonly string[];
  readonly onOpen: OpenWitness;
}

function OwnResult({ own, kernels, onOpen }: OwnResultProps) {
  const job = useJob<'check'>({ kind: 'check', kernels, own });
  return (
    <>
      <JobBar
        job={job}
        done={`${doneWords(job.result)}; states that differ in nothing that it asks for are one`}
      />
      {job.result && <CheckTable verdicts={job.result} label="Your invariant" onOpen={onOpen} />}
    </>
  );
}
