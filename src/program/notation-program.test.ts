import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyProgram } from './arbitrary.testing.ts';
import { listingsOf, readProgram, type Listings } from './notation-program.ts';
import { defaults, type Program } from './types.ts';

const { smm, ...parts } = defaults;
const small: Program = { title: 'a program', ...parts, code: { l1: [], l2: [], smm } };
const empty: Listings = { l1: '', l2: '', smm: '', userspace: '' };

const read = (listings: Partial<Listings>) => readProgram(small, 'other', { ...empty, ...listings });

describe('a whole program', () => {
  test('keeps what the text does not say', () => {
    const frame = { ...small, host: { ...small.host, nrips: false } };
    expect(readProgram(frame, 'other', { ...empty, l1: 'VMRUN' })).toEqual({
      ok: true,
      value: { ...frame, title: 'other', code: { l1: [{ do: 'VMRUN' }], l2: [], smm: [] } },
    });
  });

  test.each<readonly [Partial<Listings>, object]>([
    [
      { l1: '# first\n\nVMCB12 np=1 rip=2', l2: 'END' },
      {
        list: 'l1',
        line: 3,
        column: 13,
        length: 5,
        message: '2 is past the end of l2, "next" or from 0 to 1',
      },
    ],
    [
      { userspace: 'KVM_RUN\n  KVM_SET_NESTED_STATE restore' },
      {
        list: 'userspace',
        line: 2,
        column: 24,
        length: 7,
        message: 'needs a KVM_GET_NESTED_STATE earlier in the list',
      },
    ],
    [
      { smm: 'END\n'.repeat(1001) },
      { list: 'smm', line: 1002, column: 1, length: 0, message: '1001 operations, at most 1000' },
    ],
  ])('%j is told at its line', (listings, problem) => {
    expect(read(listings)).toEqual({ ok: false, error: [problem] });
  });

  test('says everything that is wrong with its lines', () => {
    const { error } = read({ l1: 'A\nB', userspace: 'C' }) as { readonly error: readonly object[] };
    expect(error).toMatchObject([
      { list: 'l1', line: 1 },
      { list: 'l1', line: 2 },
      { list: 'userspace', line: 1 },
    ]);
  });

  test('comes back from its text', () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        expect(readProgram(program, program.title, listingsOf(program))).toEqual({
          ok: true,
          value: program,
        });
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
