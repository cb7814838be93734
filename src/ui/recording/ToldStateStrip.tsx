import type { RegionName } from '#machine/facts.ts';
import type { Told } from '#trace/questions.ts';
import type { StateRef } from '../chart/ChartDrawing.tsx';
import { meaningOf } from '../chart/meanings.ts';
import { Button } from '../shared/Button.tsx';
import { Prose } from '../shared/Prose.tsx';

interface Props {
  readonly selected: StateRef;
  readonly told: Told;
  readonly onClose: () => void;
}

/** Say what a state means, and whether the recording tells that the vCPU is in it. */
export function ToldStateStrip({ selected: { region, state }, told, onClose }: Props) {
  const now = told[region as RegionName];
  return (
    <section aria-label={`${region}: ${state}`} className="flex items-start gap-3 text-ink-2">
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-mono font-semibold text-ink">
            {region}: {state}
          </span>{' '}
          <Prose>{meaningOf(region, state)}</Prose>
        </p>
        <p>{standing(now, state)}</p>
      </div>
      <Button onClick={onClose}>Close</Button>
    </section>
  );
}

function standing(now: string | undefined, state: string): string {
  if (now === undefined) return 'Whether the vCPU is in it is unknown: the recording does not tell.';
  return now === state ? 'The vCPU is in it.' : `The vCPU is in another: ${now}.`;
}
