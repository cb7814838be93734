import { useMemo, useState } from 'react';

import type { Diff, DiffGroup } from '#explore/diff.ts';
import { witnessSession } from '#explore/witness-session.ts';
import { diffWords } from '#explore/words.ts';
import type { Patch } from '#kvm/patch.ts';
import type { Session } from '#session/session.ts';
import { kernelsAround, lightOf, type Light } from '#source/patch/behaviour.ts';
import { DiffCard } from '../compare/DiffCard.tsx';
import { JobBar } from '../compare/JobBar.tsx';
import { useJob } from '../compare/useJob.ts';
import { Button } from '../shared/Button.tsx';
import { hunkName, type TiedHunk } from './store.ts';

interface Props {
  readonly patch: Patch;
  readonly chosen: TiedHunk | undefined;
  readonly onOpen: (session: Session) => void;
}

/** What a patch changes, and which of it hangs on the chosen hunk. */
export function Behaviours({ patch, chosen, onOpen }: Props) {
  const [left, right] = kernelsAround(patch);
  const job = useJob<'diff'>({ kind: 'diff', left, right });
  const { result } = job;
  return (
    <section
      aria-label="Behaviour"
      className="flex h-[36%] shrink-0 flex-col gap-1.5 overflow-y-auto border-t-2 border-line-strong bg-panel p-2 text-xs"
    >
      <p className="font-semibold text-ink">
        {result ? diffWords(result) : `What ${right} does otherwise than ${left}`}
      </p>
      {result ? (
        <Groups found={result} chosen={chosen} onOpen={onOpen} />
      ) : (
        <JobBar job={job} done="Explored" />
      )}
    </section>
  );
}

interface GroupsProps {
  readonly found: Diff;
  readonly chosen: TiedHunk | undefined;
  readonly onOpen: (session: Session) => void;
}

interface Lit {
  readonly group: DiffGroup;
  readonly light: Light | undefined;
}

const key = ({ group: { cause } }: Lit): string => `${cause.fn} ${cause.test}`;
const behavioursWord = (count: number): string => (count === 1 ? '1 behaviour' : `${count} behaviours`);

const lightWords: Readonly<Record<Light, string>> = {
  cause: '◆ the kernels part at this hunk',
  path: '◇ goes through this hunk',
};

/** The behaviours that hang on the chosen hunk, and behind a button the others. */
function Groups({ found, chosen, onOpen }: GroupsProps) {
  const [all, setAll] = useState(false);
  const { groups, kernels } = found;
  const lit: readonly Lit[] = useMemo(
    () => groups.map((group) => ({ group, light: lightOf(group, kernels, chosen?.tied.ties ?? []) })),
    [groups, kernels, chosen],
  );
  const of = (light: Light | undefined): readonly Lit[] => lit.filter((one) => one.light === light);
  const [bright, dark] = [[...of('cause'), ...of('path')], of(undefined)];
  const card = (one: Lit) => (
    <DiffCard
      key={key(one)}
      group={one.group}
      kernels={kernels}
      light={one.light && lightWords[one.light]}
      onOpen={() => onOpen(witnessSession(one.group.witness, kernels))}
    />
  );
  return (
    <>
      <p role="status" className="text-ink-2">
        {chosen === undefined
          ? 'It has no hunk.'
          : `${behavioursWord(bright.length)} of ${groups.length} ${bright.length === 1 ? 'hangs' : 'hang'} on ${hunkName(chosen)}`}
      </p>
      <ol aria-label="Behaviours of the hunk" className="flex flex-col gap-2">
        {bright.map(card)}
      </ol>
      {dark.length > 0 && (
        <Button className="self-start" onClick={() => setAll(!all)}>
          {all ? 'Hide' : 'Show'} {behavioursWord(dark.length)} that {dark.length === 1 ? 'does' : 'do'} not
        </Button>
      )}
      {all && (
        <ol aria-label="Other behaviours" className="flex flex-col gap-2">
          {dark.map(card)}
        </ol>
      )}
    </>
  );
}
