import { interceptNames, type InterceptName } from '#isa/intercepts.ts';
import type { HostOptionName, MsrpmBits, Program } from '#program/types.ts';
import { changeSetup, programUnder, setupOf, type Session } from './session.ts';

/** Turning the switches of a program: each runs what was done so far again, as a branch of its own. */

/** The program as it runs at the cursor, with every switch as the visitor set it. */
export function programNow(session: Session): Program {
  return programUnder(session.program, setupOf(session, session.cursor.node));
}

/** Every intercept that was set in some run of this history: what is worth a line of its own. */
export function interceptsEverSet(session: Session): readonly InterceptName[] {
  const later = session.nodes.flatMap(({ event }) =>
    event.kind === 'setup' ? (event.setup.vmcb12?.intercepts ?? []) : [],
  );
  return [...new Set([...session.program.vmcb12.intercepts, ...later])];
}

/** The intercepts of the program as it runs at the cursor, with some of them set or cleared. */
export function interceptsWith(
  session: Session,
  changes: ReadonlyMap<InterceptName, boolean>,
): readonly InterceptName[] {
  const given = session.program.vmcb12.intercepts;
  const now = programNow(session).vmcb12.intercepts;
  const isSet = (name: InterceptName): boolean => changes.get(name) ?? now.includes(name);
  // The program's own first, in its order: set back, the list is the program's again, and so is the run.
  return [...given, ...interceptNames.filter((name) => !given.includes(name))].filter(isSet);
}

/** Set or clear an intercept of vmcb12, as the program starts with it. */
export function setIntercept(session: Session, name: InterceptName, on: boolean): Session {
  return changeSetup(session, { vmcb12: { intercepts: interceptsWith(session, new Map([[name, on]])) } });
}

/** Set or clear L1's EFER bits in its MSR permission map. */
export function setEferMap(session: Session, change: Partial<MsrpmBits>): Session {
  const { EFER } = programNow(session).vmcb12.msrpm;
  return changeSetup(session, { vmcb12: { msrpm: { EFER: { ...EFER, ...change } } } });
}

/** Whether L1 intercepts writes of EFER: MSR_PROT, and the write bit of the map. */
export function interceptsEferWrites({ vmcb12 }: Program): boolean {
  return vmcb12.intercepts.includes('MSR_PROT') && vmcb12.msrpm.EFER.write;
}

/** Make L1 intercept writes of EFER, or not: both bits in one go. */
export function setEferWriteIntercept(session: Session, on: boolean): Session {
  const { EFER } = programNow(session).vmcb12.msrpm;
  const intercepts = interceptsWith(session, new Map([['MSR_PROT', on]]));
  return changeSetup(session, { vmcb12: { intercepts, msrpm: { EFER: { ...EFER, write: on } } } });
}

/** Turn an option of the host. */
export function setHost(session: Session, name: HostOptionName, on: boolean): Session {
  return changeSetup(session, { host: { [name]: on } });
}
