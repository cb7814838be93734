import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { replaySchema } from '#program/replay-schema.ts';
import { textSource } from '#trace/source.testing.ts';
import { replayText } from './replay-text.ts';
import { replaySource, type Replay } from './replay.ts';

const exit = (time: string, reason: string, rip: string, info1 = 0): string =>
  `vmm-1 [000] d.... ${time}: kvm_exit: vcpu 0 reason ${reason} rip ${rip} info1 0x${info1.toString(16).padStart(16, '0')} info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000`;
const line = (time: string, text: string): string => `vmm-1 [000] ..... ${time}: ${text}`;

/** L2 clears SVME, L1 does not intercept, and KVM stops the vCPU; or it lets L2 go on, as the last line has it. */
const recording = (end: string): string =>
  [
    line('1.000001', 'kvm_entry: vcpu 0, rip 0x1000'),
    exit('1.000002', 'vmrun', '0x1000'),
    line(
      '1.000003',
      'kvm_nested_vmenter: rip: 0x0000000000001003 vmcb: 0x0000000000020000 nested_rip: 0x0000000000002000 int_ctl: 0x00000000 event_inj: 0x00000000 nested_npt=y nested_cr3: 0x0000000000014000',
    ),
    line(
      '1.000004',
      'kvm_nested_intercepts: cr_read: 0000 cr_write: 0000 excp: 00000000 intercepts: 00000000 00000003 00000000',
    ),
    line('1.000005', 'kvm_entry: vcpu 0, rip 0x2000'),
    exit('1.000006', 'msr', '0x2000', 1),
    exit('1.000006', 'msr', '0x2000', 1).replace('kvm_exit', 'kvm_nested_vmexit'),
    line('1.000007', 'kvm_msr: msr_write c0000080 = 0xd00'),
    line('1.000008', end),
    '',
  ].join('\n');

const shutDown = recording('kvm_userspace_exit: reason KVM_EXIT_SHUTDOWN (8)');

const replayed = (text: string, kernels: readonly string[]): Promise<Replay> =>
  replaySource(textSource(text), kernels.map(kernelOf));

describe('a recording held against kernels', { timeout: 30_000 }, () => {
  test('has the published form, and the kernels that do the same are said to tie', async () => {
    const replay = await replayed(shutDown, ['7.0', '7.0+v2', '7.1']);
    expect(v.safeParse(replaySchema, JSON.parse(JSON.stringify(replay))).issues).toBeUndefined();
    expect(replay.kernels.map(({ kernel, place, impossible }) => [kernel, place, impossible > 0])).toEqual([
      ['7.0+v2', 1, false],
      ['7.1', 1, false],
      ['7.0', 3, true],
    ]);
    const text = replayText(replay);
    expect(text).toContain('7.0+v2 and 7.1 explain it equally well');
    expect(text).toContain('9 events of 1 vCPU');
  });

  test('tells both sides of what is impossible', async () => {
    const replay = await replayed(shutDown, ['7.0']);
    const text = replayText(replay);
    expect(text).toContain('7.0 does not do what was recorded: 1 step is impossible on it.');
    expect(text).toMatch(/recorded +kvm_userspace_exit KVM_EXIT_SHUTDOWN/);
    expect(v.safeParse(replaySchema, JSON.parse(JSON.stringify(replay))).issues).toBeUndefined();
  });

  test('explains the unpatched kernel by its own model', async () => {
    const text = recording('kvm_entry: vcpu 0, rip 0x1003');
    const replay = await replayed(text, ['7.0']);
    expect(replay.kernels[0]?.impossible).toBe(0);
  });

  test('without an event is refused', async () => {
    await expect(replayed('# tracer: nop\n', ['7.0'])).rejects.toThrow(/no line of a trace|no event/i);
  });
});
