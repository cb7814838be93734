import type { KernelVerdict } from '#explore/check.ts';
import type { OpenWitness } from './open.ts';
import { Story } from './Story.tsx';

interface Props {
  readonly verdict: KernelVerdict;
  /** The ids of those that are told. */
  readonly only: readonly string[];
  readonly onOpen: OpenWitness;
}

/** Broken invariants of one kernel, each with its shortest witness. */
export function VerdictList({ verdict: { kernel, invariants }, only, onOpen }: Props) {
  const told = invariants.filter(({ id, witness }) => only.includes(id) && witness);
  if (told.length === 0) return null;
  return (
    <ul aria-label="Invariants that it breaks" className="flex flex-col gap-2">
      {told.map(({ id, statement, witness }) => (
        <li key={id} className="flex flex-col gap-1 border-l-2 border-danger pl-2">
          <p className="text-ink">
            <span className="font-mono text-2xs text-ink-3">{id}</span> <span aria-hidden="true">✗</span>{' '}
            {statement}
          </p>
          <Story witness={witness!} on={kernel} onOpen={() => onOpen(witness!, [kernel])} />
        </li>
      ))}
    </ul>
  );
}
