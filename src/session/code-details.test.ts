import { describe, expect, test } from 'vitest';

import { argumentsOf, chartEventWords, readingsOf } from './code-details.ts';
import type { CodeView, TreeRow } from './code-view.ts';
import { tableOf } from './code-view.testing.ts';
import { factWords, valueWords } from './fact-words.ts';

const view = tableOf('7.0', '7.1');

function rowOf({ rows }: CodeView, owner: string, text: string): TreeRow {
  const row = rows.find((one) => one.owner === owner && one.text === text && one.ran);
  if (!row) throw new Error(`no row ${text}`);
  return row;
}

function read(row: TreeRow, column: number, of: typeof readingsOf = readingsOf): readonly string[] {
  const made = view.columns[column]!.made!;
  return of(made, row.node!, row.cells[column]!.micro!).map(
    ({ name, about, value }) => `${name} = ${value}: ${about}`,
  );
}

describe('what a node reads', () => {
  test('is the state just before it', () => {
    expect(read(rowOf(view, 'svm_set_efer', 'is_guest_mode(vcpu) && vcpu->wants_to_run'), 1)).toEqual([
      'guestMode = l2: state of the chart',
      'wantsToRun = 1: vcpu->wants_to_run',
    ]);
    expect(read(rowOf(view, 'recalc_intercepts', '!is_guest_mode(vcpu)'), 0)).toEqual([
      'guestMode = l1: state of the chart',
    ]);
  });

  test('is also the locals, followed through the calls that handed them on', () => {
    expect(read(rowOf(view, 'svm_set_efer', '(old_efer & EFER_SVME) != (efer & EFER_SVME)'), 0)).toEqual([
      'old_efer = 0x1d00 (LME LMA NX SVME): local',
      'efer = 0xd00 (LME LMA NX): argument',
    ]);
    expect(read(rowOf(view, 'set_efer', '!msr_info->host_initiated'), 0)).toEqual([
      'host_initiated = 0: argument',
    ]);
    expect(read(rowOf(view, 'vcpu_run_exit', 'r <= 0'), 0)).toEqual(['r = 1: local']);
  });

  test('is left open where the operation itself handed it in', () => {
    expect(read(rowOf(view, 'processor: WRMSR', 'RCX, EDX:EAX'), 0)).toContain(
      'clear = as the operation has it: argument',
    );
  });

  test('of a call is what it hands on', () => {
    expect(read(rowOf(view, 'set_efer', 'svm_set_efer()'), 0, argumentsOf)).toEqual([
      'efer = 0xd00 (LME LMA NX): argument',
    ]);
    expect(read(rowOf(view, 'svm_set_efer', 'svm_leave_nested()'), 0, argumentsOf)).toEqual([]);
  });
});

describe('values', () => {
  test.each([
    ['efer', 0, '0'],
    ['next_rip', 0, '0'],
    ['rip', 2049, 'L2, instruction 1'],
    ['exitCode', 0x7c, '0x7c (msr)'],
    ['exitReason', 8, 'KVM_EXIT_SHUTDOWN'],
    ['r', -12, '-12'],
    ['eferWriteFilter', 1, '1'],
  ])('%s %i reads %s', (name, value, words) => {
    expect(valueWords(name, value)).toBe(words);
  });

  test('of a region are its states', () => {
    expect(factWords('guestMode', 1)).toBe('l2');
  });

  test('of an event say what is written', () => {
    expect(chartEventWords({ type: 'CLEAR_SVME' })).toBe('CLEAR_SVME');
    expect(chartEventWords({ type: 'WRITE', register: 'runPending', value: 0 })).toBe('runPending = 0');
  });
});
