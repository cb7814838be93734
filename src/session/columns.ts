import { kernelLimit, type Session } from './session.ts';

/** Show these kernels: each once, at most as many as fit; none is no choice. */
export function chooseKernels(session: Session, ids: readonly string[]): Session {
  const kernels = [...new Set(ids)].slice(0, kernelLimit);
  return kernels.length === 0 ? session : { ...session, kernels };
}

/** Whether one more kernel fits. */
export function hasRoom(session: Session): boolean {
  return session.kernels.length < kernelLimit;
}

/** Show one kernel more, as the last column. */
export function addKernel(session: Session, id: string): Session {
  return hasRoom(session) ? chooseKernels(session, [...session.kernels, id]) : session;
}

/** Take a kernel off the page; the last one stays. */
export function removeKernel(session: Session, id: string): Session {
  return chooseKernels(
    session,
    session.kernels.filter((one) => one !== id),
  );
}
