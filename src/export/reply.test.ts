import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { allKernelIds } from '#kvm/kernels.ts';
import { anyStory } from '#program/random-program.testing.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { append, type Session } from '#session/session.ts';
import { clearsSvme, visited } from '#session/visited.testing.ts';
import { subjectOf, toldScenario } from './golden.testing.ts';
import { markdownText } from './markdown.ts';
import { replyText } from './reply.ts';
import type { Subject } from './subject.ts';

/** What a mail must not have, line by line: too long, not ASCII, a blank at the end, taken for a quotation or a mailbox. */
function faults(text: string): readonly string[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.filter(
    (line) => line.length > 72 || !/^[\u0020-\u007e]*$/.test(line) || / $|^>|^From /.test(line),
  );
}

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  test('is told as it was, in lines that a mail can have', async () => {
    const text = replyText(toldScenario(scenario));
    expect(faults(text)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`golden/${id}.txt`);
  });
});

test.each(['l2-clears-svme', 'l2-clears-then-sets'])('%s is told as Markdown', async (id) => {
  const scenario = scenarios.find((one) => one.id === id)!;
  await expect(markdownText(toldScenario(scenario))).toMatchFileSnapshot(`golden/${id}.md`);
});

/** Kernels of one to four columns, the longest ids among them. */
const anyKernels = fc.subarray(['7.0+merged+recalc', '6.12+gif+merged+recalc', ...allKernelIds], {
  minLength: 1,
  maxLength: 4,
});

const anyRun: fc.Arbitrary<Session> = fc
  .record({ program: anyStory, kernels: anyKernels, title: fc.string({ unit: 'binary' }), steps: fc.nat(9) })
  .map(({ program, kernels, title, steps }) => visited(steps, { ...program, title }, kernels));

const without = (session: Session): Subject => ({
  session,
  focus: session.kernels.length - 1,
  evidence: new Map(),
  link: 'https://example.org/#share',
  choices: { path: true, run: 'whole' },
});

test('any run on one to four kernels is told in lines that a mail can have', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyRun, (session) => {
      expect(faults(replyText(without(session)))).toEqual([]);
    }),
    { seed: 5, numRuns: 60 },
  );
});

const opening = (subject: Subject): string => replyText(subject).split('\n').slice(0, 6).join(' ');

describe('the first lines', () => {
  test('say in which function and on which test the kernels part', () => {
    expect(opening(subjectOf(visited(2)))).toMatch(
      /They part in svm_set_efer\(\): 7\.1 tests `is_guest_mode\(vcpu\) && vcpu->wants_to_run`, true; 7\.0 has/,
    );
  });

  test('hold the others against the kernel in focus', () => {
    const session = visited(2, clearsSvme, ['7.0', '7.1', '7.0+v2']);
    expect(opening({ ...subjectOf(session), focus: 2 })).toMatch(/: 7\.0 .*; 7\.0\+v2 /);
  });

  test('say that nothing has run', () => {
    const text = replyText(subjectOf(visited(0)));
    expect(text).toContain('On 7.0 and 7.1. Nothing has run yet.');
    expect(text).not.toContain('What came of it');
  });
});

describe('the text', () => {
  test('marks the line where they part, and names no function that the kernel lacks', () => {
    const text = replyText(subjectOf(visited(2)));
    expect(text).toMatch(
      /^ {2}--> - {3}T +is_guest_mode\(vcpu\) && vcpu->wants_to_run\n.*<- they part here$/m,
    );
    expect(text).not.toMatch(/vcpu_run_exit|return_to_userspace|processor/);
  });

  test('says of each kernel whether it was recorded', () => {
    const text = replyText(
      subjectOf(visited(2, { ...clearsSvme, host: { ...clearsSvme.host, vgif: false } }, ['6.12', '7.1'])),
    );
    expect(text).toContain('6.12: as recorded on Linux 6.12.117.');
    expect(text).toContain('7.1: DERIVED, not recorded: no recording of this kernel.');
  });

  test('leaves out what is not asked for', () => {
    const subject = subjectOf(visited(2));
    const text = replyText({ ...subject, choices: { path: false, run: 'step' } });
    expect(text).not.toContain('Call path');
    expect(text).not.toMatch(/^ *1 .*VMRUN$/m);
    expect(text).toMatch(/^ *2 .*WRMSR EFER SVME=0$/m);
  });

  test('marks what the visitor put in, and says what kernel did not move', () => {
    const free = append(visited(2), 2, { kind: 'do', op: { do: 'CPUID' } });
    const text = replyText(subjectOf(free));
    expect(text).toContain('+ CPUID');
    expect(text).toMatch(/7\.1 +does not move: userspace has/);
  });

  test('ends with the link, unbroken however long it is', () => {
    const link = `https://example.org/#${'x'.repeat(100)}`;
    expect(replyText({ ...subjectOf(visited(2)), link }).endsWith(`\n${link}\n`)).toBe(true);
  });

  test('names commits with twelve digits and their subject', () => {
    expect(replyText(subjectOf(visited(2)))).toContain('merged: cdc69269b18a ("KVM: SVM: Triple fault L1');
  });
});

test('Markdown shows a title as it was typed', () => {
  const session = visited(2, { ...clearsSvme, title: '<img src=x> *a* `b` _c_ | d' });
  expect(markdownText(subjectOf(session)).split('\n')[0]).toBe(
    String.raw`## \<img src=x\> \*a\* 'b' \_c\_ \| d`,
  );
});
