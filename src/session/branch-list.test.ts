import { expect, test } from 'vitest';
import { defaults, type Program } from '#program/types.ts';
import { branchesOf, commonOperations, endBeyond } from './branch-list.ts';
import { differenceAt } from './lane-marks.ts';
import { append, changeSetup, moveTo, nameBranch, startSession, type Session } from './session.ts';
import { stepBack, stepForward } from './steps.ts';

const { host, vmcb12, userspace, smm } = defaults;
const program: Program = {
  title: 'L2 clears EFER.SVME',
  host,
  vmcb12,
  userspace,
  guest: { ...defaults.guest, efer: ['LME', 'LMA', 'NX', 'SVME'] },
  code: {
    l1: [{ do: 'VMRUN' }],
    l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }],
    smm,
  },
};
const start = startSession(program, ['7.0', '7.1']);
const stepped = stepForward(stepForward(start));
const tried = append(stepBack(stepped), stepped.nodes[1]?.id, { kind: 'do', op: { do: 'CPUID' } });

const shown = (session: Session): readonly string[] =>
  branchesOf(session, '7.0').map(
    ({ label, shared, operations, current }) => `${label} ${shared}/${operations}${current ? ' *' : ''}`,
  );

test('one way is one branch', () => {
  expect(shown(stepped)).toEqual(['the program as it is 0/2 *']);
});

test('another way is called by the operation at which it parts', () => {
  expect(shown(tried)).toEqual(['WRMSR EFER SVME=0 0/2', 'CPUID 1/2 *']);
  expect(branchesOf(tried, '7.0')[1]).toMatchObject({ from: 0, end: 3, own: 3, named: false });
  expect(commonOperations(tried, 2, 3)).toBe(1);
});

test('the visitor may give it another name', () => {
  expect(shown(nameBranch(tried, 3, 'harmless'))).toEqual(['WRMSR EFER SVME=0 0/2', 'harmless 1/2 *']);
});

test('another setup has a start of its own', () => {
  const other = changeSetup(stepped, { host: { nrips: false } });
  expect(shown(other)).toEqual(['the program as it is 0/2', 'start with nrips off 0/2 *']);
  expect(branchesOf(other, '7.0')[1]?.from).toBeUndefined();
  expect(commonOperations(other, 2, other.cursor.node)).toBe(0);
});

test('going back keeps the way on which → goes', () => {
  const back = moveTo(tried, { node: 2 });
  expect(shown(moveTo(back, { node: 1 }))).toEqual(['WRMSR EFER SVME=0 0/2 *', 'CPUID 1/2']);
  expect(endBeyond(back, 0)).toBe(2);
});

test('outcomes that differ are said kernel by kernel', () => {
  expect(differenceAt(stepped, 1)).toBeUndefined();
  expect(differenceAt(stepped, 2)).toBe('7.0: the guest goes on; 7.1: KVM_EXIT_SHUTDOWN');
});
