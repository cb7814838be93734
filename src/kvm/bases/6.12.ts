import * as efer from '../functions/efer.ts';
import * as exceptions from '../functions/exceptions.ts';
import * as exit from '../functions/exit.ts';
import * as gif from '../functions/gif.ts';
import * as handlers from '../functions/handlers.ts';
import * as ioctl from '../functions/ioctl.ts';
import * as msr from '../functions/msr.ts';
import * as nestedState from '../functions/nested-state.ts';
import { processor } from '../functions/processor.ts';
import * as reset from '../functions/reset.ts';
import * as run from '../functions/run.ts';
import * as skip from '../functions/skip.ts';
import * as smm from '../functions/smm.ts';
import * as vmexit from '../functions/vmexit.ts';
import * as vmrun from '../functions/vmrun.ts';
import type { KvmFunction } from '../ir.ts';
import { functionSet, type Base } from '../kernel.ts';
import { linesOf612 } from './lines-6.12.ts';

/** The functions among what a module exports. */
function functionsOf(module: Readonly<Record<string, unknown>>): readonly KvmFunction[] {
  return Object.values(module).filter(
    (value): value is KvmFunction =>
      typeof value === 'object' && value !== null && 'visibility' in value && 'body' in value,
  );
}

/** The kernel of the recordings, with the nSVM fixes of 2026 that its stable branch took. */
export const base612: Base = {
  id: '6.12',
  title: 'Linux 6.12.117, as recorded',
  tree: { version: 'v6.12', lines: linesOf612 },
  functions: functionSet(
    ...[
      efer,
      exceptions,
      exit,
      gif,
      handlers,
      ioctl,
      msr,
      nestedState,
      reset,
      run,
      skip,
      smm,
      vmexit,
      vmrun,
    ].map(functionsOf),
    processor,
  ),
};
