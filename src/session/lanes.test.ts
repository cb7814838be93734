import { describe, expect, test } from 'vitest';

import { lanesOf } from './lanes.ts';
import { append, type Session } from './session.ts';
import { stepBack } from './steps.ts';
import { clearsSvme, visited } from './visited.testing.ts';
import { setHost } from './what-if.ts';

/** `L1 -kvm-> L2 VMRUN`; `!` where code runs that is not its context's. */
function drawn(session: Session, kernel: string): readonly string[] {
  return lanesOf(session, kernel).map(({ made, idle, from, to, viaKvm, corrupt, label }) =>
    made ? `${from} -${viaKvm ? 'kvm' : ''}-> ${to} ${label}${corrupt ? ' !' : ''}` : `(${idle})`,
  );
}

describe('the story in lanes', () => {
  test('7.0: back in L1, corrupt, without userspace', () => {
    expect(drawn(visited(2), '7.0')).toEqual(['L1 -kvm-> L2 VMRUN', 'L2 -kvm-> L1 WRMSR EFER SVME=0 !']);
  });

  test('7.1: to userspace; what runs after a further KVM_RUN is corrupt', () => {
    expect(drawn(visited(3), '7.1')).toEqual([
      'L1 -kvm-> L2 VMRUN',
      'L2 -kvm-> userspace WRMSR EFER SVME=0',
      'userspace -kvm-> L1 KVM_RUN !',
    ]);
  });

  test('v1: L2 goes on, nothing is corrupt', () => {
    expect(drawn(visited(3, clearsSvme, ['7.0+v1']), '7.0+v1')).toEqual([
      'L1 -kvm-> L2 VMRUN',
      'L2 -kvm-> L2 WRMSR EFER SVME=0',
      'L2 -kvm-> L1 VMMCALL',
    ]);
  });

  test("without NRIPS L2's code runs in the lane of L1, and stays corrupt", () => {
    expect(drawn(setHost(visited(3), 'nrips', false), '7.0').slice(1)).toEqual([
      'L2 -kvm-> L1 WRMSR EFER SVME=0 !',
      'L2 -kvm-> L1 VMMCALL !',
    ]);
  });

  test('a kernel that has come to its end says so', () => {
    expect(drawn(visited(3), '7.0')[2]).toBe("(L1's code has ended)");
  });
});

test('an operation that no KVM sees goes past it', () => {
  const program = { ...clearsSvme, code: { ...clearsSvme.code, l1: [{ do: 'VMCB12', asid: 1 }] } } as const;
  expect(drawn(visited(1, program), '7.0')).toEqual(['L1 --> L1 VMCB12 asid=1']);
});

const labels = (session: Session) => lanesOf(session, '7.0').map(({ node, label }) => `${node} ${label}`);

test('the lanes follow the branch of the cursor, with what → would come to', () => {
  const stepped = visited(2);
  const free = append(stepBack(stepped), 1, { kind: 'do', op: { do: 'CPUID' } });
  expect(labels(stepBack(free))).toEqual(['1 VMRUN', '3 CPUID']);
  expect(labels(stepBack(stepped))).toEqual(['1 VMRUN', '2 WRMSR EFER SVME=0']);
  expect(labels(visited(0))).toEqual([]);
});
