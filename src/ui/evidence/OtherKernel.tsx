import type { Kernel } from '#kvm/kernel.ts';
import { addKernel, hasRoom, removeKernel } from '#session/columns.ts';
import { nearKernelWords, releaseOf, type NearKernel } from '#session/recorded-kernels.ts';
import type { Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';

interface Props {
  readonly kernel: Kernel;
  readonly recorded: readonly string[];
  readonly nearest: readonly NearKernel[];
  readonly dispatch: Dispatch;
}

/** Show a kernel as a column; where there is no room, in the place of another. */
const show =
  (id: string, insteadOf: string) =>
  (session: Session): Session =>
    addKernel(hasRoom(session) ? session : removeKernel(session, insteadOf), id);

/** Say that a kernel was not recorded, which ones were, and which of these come nearest. */
export function OtherKernel({ kernel, recorded, nearest, dispatch }: Props) {
  return (
    <div className="flex flex-col gap-3 p-3 text-xs text-ink-2">
      <p className="text-sm text-ink">
        <code className="font-mono">{kernel.id}</code> ({releaseOf(kernel)}) was not recorded. What is shown
        of it is the model alone.
      </p>
      <section aria-label="Nearest by its patches">
        <h3 className="mb-1 font-semibold">Nearest by its patches</h3>
        <ul className="flex flex-col gap-1">
          {nearest.map((near) => (
            <li key={near.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 basis-64">
                <code className="font-mono font-semibold text-ink">{near.id}</code>: {nearKernelWords(near)}
              </span>
              <Button label={`Show ${near.id} beside it`} onClick={() => dispatch(show(near.id, kernel.id))}>
                Show it
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <p>
        Recorded: <code className="font-mono">{recorded.join('  ')}</code>. A recording of another kernel can
        be added: <code className="font-mono">src/program/conformance/README.md</code> says how.
      </p>
    </div>
  );
}
