import { readFact } from '#machine/facts.ts';
import type { NearMoment } from '#program/evidence.ts';
import type { StepRun } from '#program/runner.ts';
import { aboutFact, factWords } from '#session/fact-words.ts';
import { hostOfMoment } from '#session/recorded-host.ts';
import { changeSetup } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';

interface Props {
  readonly made: StepRun;
  readonly nearest: NearMoment | undefined;
  readonly dispatch: Dispatch;
}

/** Say that no recording shows this step, and what tells the nearest one from it. */
export function OtherState({ made, nearest, dispatch }: Props) {
  const { id } = made.before.kernel;
  if (!nearest) {
    return (
      <p className="p-3 text-sm">
        No recording of <code className="font-mono">{id}</code> has this operation.
      </p>
    );
  }
  const { moment, differing } = nearest;
  const host = hostOfMoment(nearest);
  return (
    <div className="flex flex-col gap-3 p-3 text-xs">
      <p className="text-sm">
        No recording of <code className="font-mono">{id}</code> shows this operation in this state. The
        nearest one has the same operation, but something that the code read was otherwise.
      </p>
      <p className="text-ink-2">
        <code className="font-mono text-ink">{moment.case}</code>, step {moment.index + 1}
      </p>
      <table className="w-full border-separate border-spacing-0 text-ink-2">
        <thead>
          <tr className="text-left text-2xs text-ink-3">
            <th scope="col" className="border-b border-line py-1 pr-3 font-semibold">
              Read by the code
            </th>
            <th scope="col" className="border-b border-line py-1 pr-3 font-semibold">
              Here
            </th>
            <th scope="col" className="border-b border-line py-1 font-semibold">
              Recorded
            </th>
          </tr>
        </thead>
        <tbody>
          {differing.map((fact) => (
            <tr key={fact} className="align-top">
              <th scope="row" className="py-1 pr-3 text-left font-normal">
                <code className="font-mono font-semibold text-ink">{fact}</code>{' '}
                <span className="text-ink-3">{aboutFact(fact)}</span>
              </th>
              <td className="py-1 pr-3 font-mono">{factWords(fact, readFact(made.before.snapshot, fact))}</td>
              <td className="py-1 font-mono">{factWords(fact, readFact(moment.before, fact))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {host && (
        <p>
          <Button onClick={() => dispatch((now) => changeSetup(now, host.setup))}>
            Run it with {host.words}
          </Button>
        </p>
      )}
    </div>
  );
}
