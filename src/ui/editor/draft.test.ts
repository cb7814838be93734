import { expect, test } from 'vitest';

import { firstSession } from '../app/opening.ts';
import { checkedDraft, differs, draftOf, fileNameOf, frameWords, withListing } from './draft.ts';

const { program } = firstSession();
const draft = draftOf(program);

test('a draft of a program is that program, also with comments', () => {
  expect(checkedDraft(draft, program)).toEqual({ ok: true, value: program });
  expect(differs(withListing(draft, 'l1', `# first\n\n${draft.listings.l1}\n`), program)).toBe(false);
  expect(differs(withListing(draft, 'l1', ''), program)).toBe(true);
  expect(differs(withListing(draft, 'l1', 'X'), program)).toBe(true);
});

test('a switch that is turned while editing goes along, unless a file brought its own', () => {
  const turned = { ...program, host: { ...program.host, nrips: false } };
  expect(checkedDraft(draft, turned)).toMatchObject({ value: { host: { nrips: false } } });
  expect(checkedDraft({ ...draft, frame: program }, turned)).toMatchObject({
    value: { host: { nrips: true } },
  });
});

test('what goes along is said where it is not the default', () => {
  const frame = {
    ...program,
    host: { ...program.host, nrips: false },
    vmcb12: { ...program.vmcb12, intercepts: [], msrpm: { EFER: { read: false, write: true } } },
  };
  expect(frameWords(frame)).toEqual([
    'host.nrips=false',
    'guest.efer=LME,LMA,NX,SVME',
    'vmcb12.intercepts=none',
    'vmcb12.msrpm.EFER.write=true',
  ]);
});

test.each([
  ['L2 clears EFER.SVME, not intercepted', 'l2-clears-efer-svme-not-intercepted.json'],
  ['../../\u0000é', 'program.json'],
  ['x'.repeat(100), `${'x'.repeat(60)}.json`],
])('%j is saved as %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});
