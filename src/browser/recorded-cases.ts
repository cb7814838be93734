import type { RecordedCase } from '#program/conformance/compare.ts';
import vocabulary from '#program/conformance/vocabulary.json';
import type { Recordings } from '#session/evidence.ts';

const files = import.meta.glob<RecordedCase>(
  ['#program/conformance/*.json', '!#program/conformance/vocabulary.json'],
  { eager: true, import: 'default' },
);

/** Every recording that ships: one part of the page, loaded on demand. */
export const recordings: Recordings = {
  vocabulary,
  cases: Object.fromEntries(
    Object.entries(files).map(([path, recorded]) => [path.replace(/^.*\/|\.json$/g, ''), recorded]),
  ),
};
