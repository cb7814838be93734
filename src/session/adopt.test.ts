import { expect, test } from 'vitest';

import { adopted } from './adopt.ts';
import { firstLook } from './page-look.ts';
import { restoreView } from './restore.ts';
import type { Session } from './session.ts';
import { stepForward } from './steps.ts';
import { viewText } from './stored.ts';
import { visited } from './visited.testing.ts';

const copyOf = (session: Session): Session => {
  const copy = restoreView(viewText({ session, look: firstLook }));
  if (!copy.ok) throw new Error(copy.error);
  return copy.value.session;
};

test('what came is taken, on the nodes that were known', () => {
  const own = visited(2);
  const come = copyOf(stepForward(own));
  const taken = adopted(own, come);
  expect(taken).toEqual(come);
  for (const node of own.nodes) expect(taken.nodes[node.id]).toBe(node);
  expect(taken.nodes).toHaveLength(own.nodes.length + 1);
});

test('another program is taken as it came', () => {
  const own = visited(2);
  const come = copyOf({ ...own, program: { ...own.program, title: 'another' } });
  expect(adopted(own, come)).toBe(come);
});
