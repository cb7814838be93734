import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';

import type { AlignedStep, Alignment, Findings, TreeRow } from '#trace/questions.ts';
import { AlignmentView } from './AlignmentView.tsx';
import { StepFacts } from './CursorStep.tsx';
import { FindingsBar } from './FindingsBar.tsx';
import { apart, marksByEvent, marksOf } from './marks.ts';
import { RankingTable } from './RankingTable.tsx';
import { stretchOf, TakenFacts } from './TakeStretch.tsx';
import { TreeTable } from './TwoTrees.tsx';

const nothing = (): void => undefined;
const text = (html: string): string => html.replaceAll(/<!-- -->|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const mismatch = (index: number, from: number): AlignedStep => ({
  index,
  vcpu: 0,
  from,
  to: from + 3,
  lines: [from * 10, from * 10 + 9],
  verdict: 'impossible',
  op: { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] },
  context: 'L2',
  assumed: [],
  recorded: ['kvm_userspace_exit KVM_EXIT_SHUTDOWN'],
  expected: ['kvm_entry'],
  why: '7.0 does this in no state',
  after: { guestMode: 'l1', gif: 'set' },
});

const alignment: Alignment = {
  kernel: '7.0',
  steps: 40,
  events: { explained: 1200, unexplained: 30, impossible: 6 },
  assumed: 2,
  mismatches: [mismatch(4, 10), mismatch(9, 20)],
  impossible: 2,
  undecided: 0,
  unmodelled: [{ what: 'npf', count: 30 }],
  findings: [
    {
      kind: 'l2-runs-as-l1',
      vcpu: 0,
      from: 10,
      to: 12,
      lines: [101, 107],
      words: 'L2 goes on as <b>L1</b>.',
    },
  ],
};

const view = (cursor: number): string =>
  renderToStaticMarkup(<AlignmentView alignment={alignment} cursor={cursor} />);

const off = (html: string, label: string): boolean =>
  new RegExp(`<button[^>]*aria-label="${label}"[^>]*aria-disabled="true"`).test(html);

describe('an alignment', () => {
  test('gives each verdict in words with its number', () => {
    const said = text(view(0));
    expect(said).toContain('explained 1,200');
    expect(said).toContain('unexplained 30');
    expect(said).toContain('impossible 6');
  });

  test('shows the first mismatch with both sides, and that at the cursor once it is there', () => {
    expect(text(view(0))).toContain('The first mismatch');
    expect(text(view(0))).toMatch(/Recorded kvm_userspace_exit KVM_EXIT_SHUTDOWN The model, 7.0 kvm_entry/);
    expect(text(view(21))).toContain('Mismatch 2 of 2');
    expect(text(view(21))).toContain('lines 200 to 209');
  });

  test('leads on only where there is another mismatch', () => {
    expect(off(view(0), 'Mismatch before the cursor')).toBe(true);
    expect(off(view(0), 'Mismatch after the cursor')).toBe(false);
    expect(off(view(21), 'Mismatch before the cursor')).toBe(false);
    expect(off(view(21), 'Mismatch after the cursor')).toBe(true);
  });
});

const bar = (cursor: number, findings: Findings): string =>
  renderToStaticMarkup(<FindingsBar findings={findings} cursor={cursor} width="wide" />);

describe('findings', () => {
  const [first] = alignment.findings;
  const list = [first!, { ...first!, from: 20, to: 22, lines: [201, 207] as const }];

  test('are named with their line, and nothing of them becomes markup', () => {
    const html = bar(0, { list: [first!], count: 1 });
    expect(html).toContain('L2 goes on as &lt;b&gt;L1&lt;/b&gt;.');
    expect(text(html)).toContain('The SVME bug: L2’s code runs as L1');
    expect(text(html)).toContain('Go to line 101');
  });

  test('lead on from that at the cursor, and say how many there are', () => {
    expect(text(bar(0, { list, count: 2 }))).toContain('2 of them Go to line 101');
    expect(text(bar(21, { list, count: 5 }))).toContain('2 of 5; the first 2 are listed Go to line 201');
    expect(off(bar(21, { list, count: 2 }), 'Finding after the cursor')).toBe(true);
    expect(off(bar(21, { list, count: 2 }), 'Finding before the cursor')).toBe(false);
  });

  test('are nothing where nothing was found', () => {
    expect(bar(0, { list: [], count: 0 })).toBe('');
  });

  test('stand at the events where they begin and end, before impossible steps', () => {
    const marks = marksOf({ list, count: 2 }, alignment);
    expect(marks.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['finding', 10, 12],
      ['impossible', 10, 12],
      ['finding', 20, 22],
      ['impossible', 20, 22],
    ]);
    expect([...marksByEvent(marks)].map(([event, { kind }]) => [event, kind])).toEqual(
      [10, 12, 20, 22].map((event) => [event, 'finding']),
    );
    expect(marksOf(undefined, alignment)[0]?.words).toBe('Impossible on 7.0: WRMSR EFER SVME=0');
    expect(apart(marks, 1_000_000, 100).map(({ kind, from }) => [kind, from])).toEqual([
      ['finding', 10],
      ['impossible', 10],
    ]);
  });
});

test('a ranking says the tie and marks the kernel that is chosen', () => {
  const kernels = ['7.0+v2', '7.1'].map((kernel) => ({ ...alignment, kernel, place: 1 }));
  const html = renderToStaticMarkup(
    <RankingTable ranking={{ kernels, words: 'Both explain it.' }} kernel="7.1" onKernel={nothing} />,
  );
  expect(text(html)).toContain('Both explain it.');
  expect(html.match(/aria-pressed="true"/g)).toHaveLength(1);
  expect(html).toMatch(/aria-pressed="true"[^>]*>7\.1</);
});

test('a step tells what was assumed and what is known after it', () => {
  const step: AlignedStep = { ...mismatch(1, 5), verdict: 'explained', assumed: [{ do: 'KVM_SMI' }] };
  const said = text(renderToStaticMarkup(<StepFacts step={step} kernel="7.0" />));
  expect(said).toContain('userspace must have done before: KVM_SMI');
  expect(said).toContain('guestMode l1 gif set');
  const none = text(renderToStaticMarkup(<StepFacts step={{ ...step, after: {} }} kernel="7.0" />));
  expect(none).toContain('Nothing is known of the state after it.');
});

const row = (fn: string, side: TreeRow['side'], excuse?: string): TreeRow => ({
  depth: 0,
  fn,
  side,
  line: 3,
  excuse,
});

describe('two call trees', () => {
  test('say how many functions differ, and leave excused ones out at first', () => {
    const rows = [
      row('svm_set_efer', 'both'),
      row('svm_leave_nested', 'recorded'),
      row('svm_get_rflags', 'recorded', 'not modelled'),
    ];
    const html = renderToStaticMarkup(<TreeTable rows={rows} kernel="7.0" />);
    expect(text(html)).toContain('1 function on both sides, 1 difference.');
    expect(text(html)).toContain('in the recording only');
    expect(html).not.toContain('svm_get_rflags');
  });

  test('are drawn in pieces where they are long', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => row(`fn_${at}`, 'both'));
    const html = renderToStaticMarkup(<TreeTable rows={rows} kernel="7.0" />);
    expect(html.match(/<tr/g)).toHaveLength(301);
    expect(text(html)).toContain('Show more: 700 rows left');
  });
});

describe('a stretch', () => {
  test('goes from one mark to the other, whichever was set first; one mark alone to the cursor', () => {
    expect(stretchOf({ from: undefined, to: undefined }, 7)).toEqual([7, 7]);
    expect(stretchOf({ from: 9, to: 3 }, 7)).toEqual([3, 9]);
    expect(stretchOf({ from: 2, to: undefined }, 7)).toEqual([2, 7]);
  });

  test('says whether its program does the same, and what was chosen', () => {
    const taken = { chosen: ['vgif is off.'], startStep: 1, program: undefined as never };
    const facts = (same: boolean, difference?: string): string =>
      text(renderToStaticMarkup(<TakenFacts taken={{ ...taken, same, difference }} kernel="7.0" />));
    expect(facts(true)).toContain('fires the recorded tracepoints');
    expect(facts(false, 'line 3: more')).toContain('other tracepoints than recorded: line 3: more');
    expect(facts(true)).toContain('vgif is off.');
  });
});
