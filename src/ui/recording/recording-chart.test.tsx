import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';

import type { EventRow, Lane, Overview, Told } from '#trace/questions.ts';
import { layout } from 'virtual:chart-layout';
import { present } from '#base/assert.ts';
import { ChartDrawing } from '../chart/ChartDrawing.tsx';
import { shownAsTold } from '../chart/shown.ts';
import { ReplayStrip } from './ReplayStrip.tsx';
import { RecordingLanes } from './RecordingLanes.tsx';
import { lanePath, placesPath } from './overview-paths.ts';
import { cursorAt, cursorBy, cursorWords } from './recording-position.ts';
import { learned, learnedWords, untold } from './told-words.ts';

const rowOf = (index: number, lane: Lane, name = 'kvm_exit'): EventRow => ({
  index,
  lane,
  event: {
    kind: 'event',
    name,
    line: index + 1,
    offset: 0,
    time: 17.77,
    vcpu: 0,
    args: { of: 'other', text: '<b>npf</b>', unread: false },
  },
});

const bucketOf = (lanes: Partial<Record<Lane, number>>, nested = 0): Overview['buckets'][number] => ({
  lanes: { userspace: 0, kvm: 0, l1: 0, l2: 0, unknown: 0, ...lanes },
  nested,
  efer: 0,
  gaps: 0,
});

const before: Told = { run: 'guest', guestMode: 'l2', vmcb: 'vmcb02' };
const told: Told = { run: 'kvm', guestMode: 'l2', svme: 'set' };

describe('the chart', () => {
  const markup = renderToStaticMarkup(
    <svg>
      <ChartDrawing
        packing={present(layout.packings[0], 'a packing')}
        shown={shownAsTold(told, before)}
        selected={undefined}
        onSelect={() => undefined}
      />
    </svg>,
  );
  const labelOf = (state: string): string | undefined =>
    new RegExp(`aria-label="([^"]*)"[^>]*data-state="${state}"`).exec(markup)?.[1];

  test('lights what is known, and says what the event changed', () => {
    expect(labelOf('guestMode.l2')).toBe('guestMode: l2, current');
    expect(labelOf('run.kvm')).toBe('run: kvm, current, entered by this event');
    expect(labelOf('run.guest')).toBe('run: guest, left by this event');
  });

  test('says of every state that it is unknown where nothing is told', () => {
    expect(labelOf('gif.set')).toBe('gif: set, unknown: the recording does not tell');
    expect(labelOf('vmcb.vmcb02')).toBe('vmcb: vmcb02, unknown: the recording does not tell');
    expect(labelOf('recalcIntercepts.idle')).toContain('unknown');
    // A sign in the head of each region that is unknown.
    expect(markup.split('>?</text>').length - 1).toBe(untold(told).length);
  });
});

test('the strip tells what was learned, and what is forgotten', () => {
  expect(learned(told, before).map((one) => `${one.region} ${learnedWords(one)}`)).toEqual([
    'run guest → kvm',
    'vmcb vmcb02 → ?',
    'svme ? → set',
  ]);
  const row = rowOf(0, 'kvm');
  const same = renderToStaticMarkup(<ReplayStrip told={told} before={told} row={row} />);
  expect(same).toContain('tells nothing new');
  // Text of a recording is text.
  expect(same).toContain('&lt;b&gt;npf');
  const out = renderToStaticMarkup(<ReplayStrip told={{ run: 'userspace' }} before={told} row={row} />);
  expect(out).toContain('Ioctls may change it now');
});

const by = (key: string, from: number): number | undefined => cursorBy(key, from, 1_000_000);

describe('the scrubber', () => {
  const overview: Overview = {
    from: 0,
    to: 1_000_000,
    buckets: [bucketOf({ kvm: 2, l2: 2 }, 1), bucketOf({ kvm: 2, l2: 2 }), bucketOf({ kvm: 1 })],
  };

  test('draws equal neighbours as one bar, and nothing where there is nothing', () => {
    expect(lanePath(overview, 'l2')).toBe('M0 1v-1h2v1z');
    expect(lanePath(overview, 'kvm')).toBe('M0 1v-0.5h2v0.5zM2 1v-1h1v1z');
    expect(lanePath(overview, 'l1')).toBe('');
    expect(placesPath(overview, 'nested')).toBe('M0 1v-1h1v1z');
  });

  test('goes by keys, and no further than the recording', () => {
    expect([by('ArrowRight', 5), by('ArrowLeft', 0), by('PageUp', 5), by('PageDown', 5)]).toEqual([
      6, 0, 10_005, 0,
    ]);
    expect([by('End', 5), by('Home', 5), by('PageUp', 999_999), by('x', 5)]).toEqual([
      999_999,
      0,
      999_999,
      undefined,
    ]);
    expect([cursorAt(0, 10), cursorAt(0.55, 10), cursorAt(1, 10), cursorAt(-1, 10)]).toEqual([0, 5, 9, 0]);
  });

  test('says where it is, once the event there is known', () => {
    expect(cursorWords(12_344, 1_000_000, rowOf(12_344, 'l2'))).toBe(
      'event 12,345 of 1,000,000, 17.770000 s, L2',
    );
    expect(cursorWords(12_344, 1_000_000, rowOf(7, 'l2'))).toBe('event 12,345 of 1,000,000');
  });

  test('is a slider with a value in words, and names findings', () => {
    const words = 'L2 runs as L1';
    const markup = renderToStaticMarkup(
      <RecordingLanes
        rows={[rowOf(0, 'l2'), rowOf(1, 'kvm'), rowOf(2, 'unknown')]}
        after="l1"
        overview={overview}
        events={1_000_000}
        cursor={1}
        row={rowOf(1, 'kvm')}
        marks={[{ kind: 'finding', from: 500_000, to: 500_009, words }]}
        onCursor={() => undefined}
      />,
    );
    expect(markup).toMatch(/role="slider"[^>]*aria-valuetext="event 2 of 1,000,000, 17.770000 s, KVM"/);
    expect(markup).toContain('aria-label="L2 runs as L1" ');
    expect(markup).toContain('left:50.0');
    expect(markup).toMatch(/aria-current="true" aria-label="2: kvm_exit [^"]*before it KVM"/);
    // Who had the processor is hatched where it is not known.
    expect(markup.split('url(#untold)').length - 1).toBe(1);
  });
});
