import { expect, test } from 'vitest';

import { derivedAt } from '#session/derive.ts';
import { stepForward } from '#session/steps.ts';
import { firstSession } from '../app/opening.ts';
import { eferDraft } from './efer-draft.ts';

const inL2 = firstSession();
const stopped = stepForward(inL2);

test('the guest writes with WRMSR, each bit the other way', () => {
  const { state } = derivedAt(inL2, inL2.cursor.node, '7.1');
  expect(eferDraft(state, ['SVME', 'SCE'])).toEqual({
    op: { do: 'WRMSR', msr: 'EFER', set: ['SCE'], clear: ['SVME'] },
    by: 'the guest',
  });
  expect(eferDraft(state, [])).toBeUndefined();
});

test('userspace writes with KVM_SET_SREGS', () => {
  const { state } = derivedAt(stopped, stopped.cursor.node, '7.1');
  expect(eferDraft(state, ['SVME'])).toEqual({
    op: { do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } },
    by: 'userspace',
  });
});
