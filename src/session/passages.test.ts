import { expect, test } from 'vitest';
import { defaults, type Program } from '#program/types.ts';
import { chartRegions } from './chart-graph.ts';
import { viewAt } from './derive.ts';
import { chartMoves, stateIn } from './passages.ts';
import { startSession, type Session } from './session.ts';
import { microTo, stepForward } from './steps.ts';

const { host, vmcb12, smm } = defaults;
const program: Program = {
  title: 'L2 clears EFER.SVME',
  host,
  vmcb12,
  guest: { ...defaults.guest, efer: ['LME', 'LMA', 'NX', 'SVME'] },
  code: { l1: [{ do: 'VMRUN' }], l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }], smm },
  userspace: [{ do: 'KVM_SET_SREGS', efer: { clear: ['SVME'] } }],
};

const idsAt = (session: Session, kernel = '7.0'): readonly string[] =>
  chartMoves(session, viewAt(session, kernel)).taken.map(({ id }) => id);

const start = startSession(program, ['7.0', '7.1']);
const afterVmrun = stepForward(start);
const afterWrite = stepForward(afterVmrun);

test('nothing has moved at the start', () => {
  expect(chartMoves(start, viewAt(start, '7.0'))).toEqual({ taken: [], warned: [] });
});

test('VMRUN goes through KVM into L2', () => {
  expect(idsAt(afterVmrun)).toEqual([
    'run.guest VMEXIT',
    'vmcb.vmcb01 SWITCH_TO_VMCB02',
    'guestMode.l1 ENTER_GUEST_MODE',
    'event.idle REQUEST_EVENT',
    'event.pending CLEAR_EVENT',
    'run.kvm VMENTRY',
  ]);
});

test('the write takes the vCPU out of L2 and frees the nested state', () => {
  const ids = idsAt(afterWrite);
  expect(ids[0]).toBe('run.guest VMEXIT');
  expect(ids).toEqual(
    expect.arrayContaining([
      'svme.set CLEAR_SVME',
      'guestMode.l2 LEAVE_GUEST_MODE',
      'nested.allocated FREE_NESTED',
    ]),
  );
});

test('inside the operation only what ran so far has moved', () => {
  expect(idsAt(microTo(afterWrite, 1))).toEqual([]);
  const whole = idsAt(afterWrite);
  for (let micro = 1; micro < 40; micro += 1) {
    const some = idsAt(microTo(afterWrite, micro));
    expect(whole.slice(0, some.length)).toEqual(some);
  }
});

test('an ioctl goes in and out although no function says so', () => {
  const left = stepForward(
    stepForward(startSession({ ...program, code: { ...program.code, l1: [{ do: 'EXIT' }] } }, ['7.0'])),
  );
  const ids = idsAt(left);
  expect([ids[0], ids.at(-1)]).toEqual(['run.userspace IOCTL', 'run.kvm EXIT_TO_USERSPACE']);
});

test('in each region one passage begins where the one before it ended, and the last ends where the vCPU is', () => {
  for (const session of [afterVmrun, afterWrite]) {
    const view = viewAt(session, '7.1');
    const { taken } = chartMoves(session, view);
    for (const { name } of chartRegions) {
      const own = taken.filter(({ id }) => id.startsWith(`${name}.`));
      const states = [stateIn(view.before, name), ...own.map(({ to }) => to)];
      expect(own.map(({ from }) => from)).toEqual(states.slice(0, -1));
      expect(states.at(-1)).toBe(stateIn(view.snapshot, name));
    }
  }
});
