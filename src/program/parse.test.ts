import { describe, expect, test } from 'vitest';

import { parseProgram, parseProgramText, problemLine } from './parse.ts';
import { defaults } from './types.ts';

const format = 'svmscope/program@1';
const run = { do: 'KVM_RUN' };
const get = { do: 'KVM_GET_NESTED_STATE' };

/** The smallest program, with other parts. */
const program = (parts: object): unknown => ({ format, title: 'a program', code: { l1: [] }, ...parts });

/** What the visitor reads: one line, or `ok`. */
function lineOf(value: unknown): string {
  const parsed = parseProgram(value);
  return parsed.ok ? 'ok' : problemLine(parsed.error);
}

function lineOfText(text: string): string {
  const parsed = parseProgramText(text);
  return parsed.ok ? 'ok' : problemLine(parsed.error);
}

describe('a program', () => {
  test('takes every default where it says nothing', () => {
    const { smm, ...parts } = defaults;
    expect(parseProgram(program({}))).toEqual({
      ok: true,
      value: { title: 'a program', ...parts, code: { l1: [], l2: [], smm } },
    });
  });

  test('takes the other defaults where it says something', () => {
    const parsed = parseProgram(
      program({
        host: { nrips: false },
        guest: { gif: false },
        vmcb12: { msrpm: { EFER: { write: true } }, efer: [] },
      }),
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        host: { ...defaults.host, nrips: false },
        guest: { ...defaults.guest, gif: false },
        vmcb12: { ...defaults.vmcb12, msrpm: { EFER: { read: false, write: true } }, efer: [] },
      },
    });
    expect(lineOf(program({ vmcb12: { msrpm: {} } }))).toBe('ok');
  });

  test('hands out its own copy', () => {
    const first = parseProgram(program({}));
    expect(first.ok && first.value.guest.efer).not.toBe(defaults.guest.efer);
  });

  test.each([
    [
      'L2 clears SVME; MSR_PROT=0 (MSRPM all ones, must be ignored)',
      {
        host: {
          npt: true,
          vgif: false,
          vls: false,
          nrips: false,
          vmwareBackdoor: false,
          gpErratum: true,
          allocNestedFails: false,
        },
        guest: { cpuidSvm: true, efer: ['LME', 'LMA', 'NX', 'SVME'], gif: true },
        vmcb12: {
          intercepts: ['VMRUN', 'VMMCALL'],
          msrpm: { EFER: { read: true, write: true } },
          nestedPaging: false,
        },
        code: {
          l1: [{ do: 'VMRUN' }],
          l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }],
        },
        userspace: [run],
      },
    ],
    [
      'KVM_SET_NESTED_STATE leaves guest mode and enters it again',
      {
        code: { l1: [{ do: 'VMRUN' }], l2: [{ do: 'EXIT' }, { do: 'VMMCALL' }] },
        userspace: [
          { do: 'KVM_RUN', immediateExit: true },
          get,
          { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
          { do: 'KVM_SET_NESTED_STATE', restore: true },
          { do: 'KVM_SET_SREGS', efer: {} },
          run,
        ],
      },
    ],
    [
      'SMI in L1 with SVME=1: SMM entry clears EFER; handler sets and clears SVME; RSM',
      {
        code: {
          l1: [{ do: 'EXIT' }, { do: 'RDMSR', msr: 'EFER' }, { do: 'VMRUN' }],
          l2: [{ do: 'VMMCALL' }],
          smm: [
            { do: 'WRMSR', msr: 'EFER', value: '0x1000' },
            { do: 'WRMSR', msr: 'EFER', value: '0x0' },
            { do: 'RSM' },
          ],
        },
        userspace: [{ do: 'KVM_RUN', immediateExit: true }, { do: 'KVM_SMI' }, run],
      },
    ],
  ])('as recorded parses: %s', (title, parts) => {
    expect(lineOf(program({ title, ...parts }))).toBe('ok');
    expect(parseProgram(program({ title, ...parts }))).toMatchObject({ value: { title, ...parts } });
  });
});

describe('a document', () => {
  test.each([
    ['', 'line 1, column 1: expected a value, the text ends'],
    ['{\n  "format": 1,\n}', 'line 3, column 1: expected a key in double quotes, not "}"'],
    ['{}\r\n{}', 'line 2, column 1: expected the end of the text, not "{"'],
    ['\uFEFF{}', `format: missing, only ${format}`],
    [
      '{ "format": "svmscope/program@1", "__proto__": {} }',
      '__proto__: unknown key, one of format title host guest vmcb12 code userspace',
    ],
    ['['.repeat(100), 'line 1, column 65: more than 64 levels deep'],
  ])('with a fault gets one line: %j', (text, line) => {
    expect(lineOfText(text)).toBe(line);
  });

  test('is not looked at when it is too long', () => {
    expect(lineOfText(' '.repeat(1_000_001))).toBe('program: 1000001 characters, at most 1000000');
  });

  test('is read as its value is', () => {
    expect(parseProgramText(JSON.stringify(program({})))).toEqual(parseProgram(program({})));
  });
});

const many = (length: number, op: string): unknown[] => Array.from({ length }, () => ({ do: op }));

describe('a program of any size', () => {
  test.each(['l1', 'l2', 'smm'])('holds at most 1000 operations in %s', (stream) => {
    const code = (length: number): unknown => program({ code: { l1: [], [stream]: many(length, 'HLT') } });
    expect(lineOf(code(1000))).toBe('ok');
    expect(lineOf(code(1001))).toBe(`code.${stream}: 1001 operations, at most 1000`);
  });

  test('holds at most 10000 entries in userspace', () => {
    expect(lineOf(program({ userspace: many(10_000, 'KVM_SMI') }))).toBe('ok');
    expect(lineOf(program({ userspace: many(10_001, 'KVM_SMI') }))).toBe(
      'userspace: 10001 entries, at most 10000',
    );
  });

  test('is not followed into its depth', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(lineOf(program({ title: deep }))).toBe('title: not a string: a list');
  });
});

describe('a line', () => {
  test('repeats forty characters at most, all of them printable', () => {
    const long = '\u{1F600}'.repeat(41);
    const cut = '\u{1F600}'.repeat(39);
    expect(lineOf(program({ format: long }))).toBe(`format: unknown format "${cut}…", only ${format}`);
    expect(lineOf(program({ format: 'a\nb\u2028\u202e\ud800' }))).toBe(
      `format: unknown format "a\\nb\\u2028\\u202e\\ud800", only ${format}`,
    );
    expect(lineOf(program({ host: { [`${'k'.repeat(50)}\n`]: 1 } }))).toMatch(
      /^host\["k{39}…"\]: unknown key, /,
    );
  });

  test.each([
    [1n, '1'],
    [undefined, 'undefined'],
    [Symbol('x'), 'a symbol'],
    [() => 1, 'a function'],
    [Number.NaN, 'NaN'],
    [new Map(), 'an object'],
  ])('names values that JSON has not: %s', (value, said) => {
    expect(lineOf(program({ title: value }))).toBe(`title: not a string: ${said}`);
  });
});
