import type { Recording } from '#session/evidence.ts';
import type { Check } from '#session/evidence-checks.ts';
import { Glyph } from './Glyph.tsx';
import { originWords } from './origin.ts';
import { PathTable } from './PathTable.tsx';

interface Props {
  readonly kernel: string;
  readonly recording: Recording;
}

/** Show a recorded step beside the model's: what it is, what was compared, and both paths. */
export function RecordingView({ kernel, recording }: Props) {
  const { moment, rows, checks, agrees, release } = recording;
  return (
    <div className="flex flex-col gap-3 p-3 text-xs">
      <p className={agrees ? 'text-sm text-ink' : 'text-sm text-danger'}>
        {agrees
          ? 'The model does what was recorded. Everything that was recorded of this step agrees.'
          : 'The model does not do what was recorded. The differences are marked.'}
      </p>
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-ink-2">
        <dt className="text-ink-3">Recording</dt>
        <dd className="[overflow-wrap:anywhere]">
          <code className="font-mono text-ink">{moment.case}</code>, step {moment.index + 1}
        </dd>
        <dt className="text-ink-3">Kernel</dt>
        <dd>
          <code className="font-mono text-ink">{kernel}</code>: {release}
          {kernel.includes('+') && ' with that patch'}
        </dd>
        <dt className="text-ink-3">Recorded on</dt>
        <dd>{originWords(moment)}</dd>
        <dt className="text-ink-3">Why it counts</dt>
        <dd>
          The same operation on the same kernel, and every fact that the code read had the same value. What
          else differs cannot have mattered.
        </dd>
        <dt className="text-ink-3">Compared</dt>
        <dd>
          <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
            {checks.map((check) => (
              <CheckItem key={check.about} check={check} />
            ))}
          </ul>
        </dd>
      </dl>
      {rows ? (
        <PathTable rows={rows} kernel={kernel} release={release} />
      ) : (
        <p className="text-ink-2">Of this step the state was recorded, its path was not.</p>
      )}
    </div>
  );
}

const glyphs = { agrees: 'agrees', differs: 'differs', 'not-compared': 'none' } as const;

function CheckItem({ check: { about, state, model, recorded } }: { readonly check: Check }) {
  return (
    <li className={`flex items-baseline gap-1 ${state === 'agrees' ? '' : 'basis-full'}`}>
      <Glyph name={glyphs[state]} />
      <span className={state === 'differs' ? 'text-danger' : ''}>
        <span className="sr-only">{state === 'agrees' ? 'agrees: ' : ''}</span>
        <code className="font-mono">{about}</code>{' '}
        {state === 'agrees' ? (
          <span className="text-ink">{model}</span>
        ) : (
          `${model} in the model, ${recorded} recorded`
        )}
        {state === 'not-compared' && ': so before the step already, and nothing that ran looked at it'}
      </span>
    </li>
  );
}
