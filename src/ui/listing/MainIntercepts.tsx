import type { InterceptName } from '#isa/intercepts.ts';
import type { Session } from '#session/session.ts';
import {
  interceptsEferWrites,
  interceptsEverSet,
  programNow,
  setEferMap,
  setEferWriteIntercept,
  setIntercept,
} from '#session/what-if.ts';
import type { Dispatch } from '../panels.ts';
import { Button } from '../shared/Button.tsx';
import type { InterceptMemory } from './intercept-memory.ts';
import { InterceptToggle } from './InterceptToggle.tsx';

interface Props {
  readonly session: Session;
  /** What L0 intercepts anyway. */
  readonly l0: ReadonlySet<InterceptName>;
  /** What stands in memory at the cursor. */
  readonly memory: InterceptMemory;
  readonly dispatch: Dispatch;
}

/** Those that a look at nested SVM starts with, beside EFER's. */
const foremost: readonly InterceptName[] = ['VMRUN', 'VMMCALL', 'SHUTDOWN'];

/** The intercepts that matter to EFER.SVME, and all others that were ever set. */
export function MainIntercepts({ session, l0, memory, dispatch }: Props) {
  const program = programNow(session);
  const { intercepts, msrpm } = program.vmcb12;
  const both = interceptsEferWrites(program);
  // One that was cleared keeps its line, and the focus.
  const others = [...new Set([...foremost, ...interceptsEverSet(session)])].filter(
    (name) => name !== 'MSR_PROT',
  );
  const toggle = (name: InterceptName) => (
    <InterceptToggle
      key={name}
      name={name}
      byL0={l0.has(name)}
      checked={intercepts.includes(name)}
      now={memory.intercepts.includes(name)}
      onChange={(on) => dispatch((now) => setIntercept(now, name, on))}
    />
  );
  return (
    <>
      <Button
        pressed={both}
        onClick={() => dispatch((now) => setEferWriteIntercept(now, !both))}
        className="h-6.5! w-full justify-center"
      >
        L1 intercepts EFER writes
      </Button>
      <ul aria-label="Main intercepts">
        {toggle('MSR_PROT')}
        {(['write', 'read'] as const).map((access) => (
          <InterceptToggle
            key={access}
            name={`EFER ${access}`}
            detail={`msrpm 0x820 bit ${access === 'write' ? 1 : 0}`}
            byL0
            idle={!intercepts.includes('MSR_PROT')}
            checked={msrpm.EFER[access]}
            now={memory.efer[access]}
            onChange={(on) => dispatch((now) => setEferMap(now, { [access]: on }))}
          />
        ))}
        {others.map(toggle)}
      </ul>
    </>
  );
}
