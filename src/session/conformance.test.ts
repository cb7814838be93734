import { expect, test } from 'vitest';
import { caseEntries, caseResults, caseSession } from './conformance.ts';
import { viewsAt } from './derive.ts';
import { recordings } from './recordings.testing.ts';

test('every kernel of every case is run, and opens as a run of its own', () => {
  const entries = caseEntries(recordings);
  const results = [...caseResults(recordings)];
  expect(results).toHaveLength(entries.reduce((sum, { kernels }) => sum + kernels.length, 0));
  expect(results.filter(({ verdict }) => verdict.problems.length > 0)).toEqual([]);
  const [first] = results;
  if (!first) throw new Error('no case');
  const session = caseSession(recordings, first.name, first.kernel);
  expect(session.program.title).toBe(entries[0]?.title);
  expect(viewsAt(session).map(({ kernel }) => kernel)).toEqual([first.kernel]);
});
