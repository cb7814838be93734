import { all, any, bitAnd, differ, equal, fact, is, not, type Expr } from './expr.ts';

/** A named property of every state between two operations. */
export interface StateInvariant {
  readonly id: string;
  readonly statement: string;
  readonly source: string;
  readonly holds: Expr;
}

const implies = (when: Expr, then: Expr): Expr => any(not(when), then);
const l2 = is('guestMode', 'l2');

/** Invariants that a look at one state decides. The kernel's own WARNs are in `warns.ts`. */
export const stateInvariants: readonly StateInvariant[] = [
  {
    id: 'I5',
    statement: 'guest mode if and only if vmcb02 is current',
    source: 'nested_vmcb02_recalc_intercepts() WARN; I1, I3',
    holds: equal(l2, is('vmcb', 'vmcb02')),
  },
  {
    id: 'I6',
    statement: 'in guest mode the EFER.SVME of L2 is set',
    source: 'comment in svm_set_nested_state()',
    holds: implies(l2, is('svme', 'set')),
  },
  {
    id: 'I8',
    statement: 'SMM and guest mode exclude each other',
    source: 'nested_svm_vmrun(), svm_set_nested_state(), kvm_vcpu_reset()',
    holds: not(all(l2, is('smm', 'inside'))),
  },
  {
    id: 'I15',
    statement: 'the VMRUN intercept of vmcb12 is set while L2 runs',
    source: '__nested_vmcb_check_controls()',
    holds: implies(l2, differ(bitAnd(fact('icptw4'), 1), 0)),
  },
  {
    id: 'I16',
    statement: 'GET_NESTED_STATE_PAGES is pending only in guest mode',
    source: 'svm_get_nested_state_pages() WARN',
    holds: implies(is('getNestedStatePages', 'pending'), l2),
  },
  {
    id: 'I19',
    statement: 'outside SMM the nested state is allocated if and only if EFER.SVME is set',
    source: '2fcf4876ada8',
    holds: implies(is('smm', 'outside'), equal(is('nested', 'allocated'), is('svme', 'set'))),
  },
];
