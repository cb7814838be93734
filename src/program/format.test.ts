import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyProgram } from './arbitrary.testing.ts';
import { programToJson, programToText } from './format.ts';
import { parseProgram, parseProgramText } from './parse.ts';
import { defaults, type Program } from './types.ts';

const { smm, ...parts } = defaults;
const small: Program = { title: 'a program', ...parts, code: { l1: [], l2: [], smm } };

test('what is the default anyway is left out', () => {
  expect(programToJson(small)).toEqual({
    format: 'svmscope/program@1',
    title: 'a program',
    code: { l1: [] },
  });
});

test('what differs is written, and only that', () => {
  const program: Program = {
    ...small,
    host: { ...small.host, nrips: false },
    vmcb12: { ...small.vmcb12, efer: [], msrpm: { EFER: { read: false, write: true } } },
    code: { ...small.code, smm: [] },
  };
  expect(programToJson(program)).toEqual({
    format: 'svmscope/program@1',
    title: 'a program',
    host: { nrips: false },
    vmcb12: { efer: [], msrpm: { EFER: { write: true } } },
    code: { l1: [], smm: [] },
  });
});

test('the text has an operation to a line', () => {
  const program: Program = {
    ...small,
    host: {
      ...small.host,
      npt: false,
      nrips: false,
      vmwareBackdoor: true,
      gpErratum: true,
      eferWriteFilter: true,
    },
    guest: { ...small.guest, efer: ['LME', 'LMA', 'NX', 'SVME'] },
    code: {
      ...small.code,
      l1: [{ do: 'VMRUN' }, { do: 'VMCB12', intercepts: { HLT: true, CPUID: false }, rip: 'next' }],
      l2: [{ do: 'WRMSR', msr: 'EFER', set: [], clear: ['SVME'] }],
    },
    userspace: [
      { do: 'KVM_RUN', immediateExit: true },
      { do: 'KVM_SET_SREGS', efer: {} },
    ],
  };
  expect(programToText(program)).toMatchInlineSnapshot(`
    "{
      "format": "svmscope/program@1",
      "title": "a program",
      "host": {
        "npt": false,
        "nrips": false,
        "vmwareBackdoor": true,
        "gpErratum": true,
        "eferWriteFilter": true
      },
      "guest": { "efer": ["LME", "LMA", "NX", "SVME"] },
      "code": {
        "l1": [
          { "do": "VMRUN" },
          { "do": "VMCB12", "intercepts": { "HLT": true, "CPUID": false }, "rip": "next" }
        ],
        "l2": [
          { "do": "WRMSR", "msr": "EFER", "set": [], "clear": ["SVME"] }
        ]
      },
      "userspace": [
        { "do": "KVM_RUN", "immediateExit": true },
        { "do": "KVM_SET_SREGS", "efer": {} }
      ]
    }
    "
  `);
});

describe('any program', () => {
  test('comes back from its document', () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        expect(parseProgram(programToJson(program))).toEqual({ ok: true, value: program });
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  test('comes back from its text, whose lines are short', () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const text = programToText(program);
        expect(parseProgramText(text)).toEqual({ ok: true, value: program });
        expect(text.split('\n').every((line) => line.length <= 180)).toBe(true);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });
});
