import { describe, expect, test } from 'vitest';
import { readLine } from './read-line.ts';

/** The words of an event behind a prefix as `trace` prints it. */
const ftrace = (words: string) => `  CPU 0/KVM-123     [001] d..1.  1701.766750: ${words}`;
const argsOf = (words: string) => {
  const line = readLine(ftrace(words));
  return line?.kind === 'event' ? { name: line.name, vcpu: line.vcpu, args: line.args } : line;
};
const exit = (reason: string, info: readonly [bigint, bigint], requests?: bigint) => ({
  of: 'exit',
  reason,
  rip: 0x1000n,
  info1: info[0],
  info2: info[1],
  requests,
});

describe('prefixes', () => {
  const words = 'vcpu 0, rip 0x1000';
  test.each([
    ['trace of today', ` CPU 0/KVM-77  [001] d..1.  12.5: kvm_entry: ${words}`, 'CPU 0/KVM', 77, 'ftrace'],
    ['four flags', ` qemu-77  [001] d..1  12.5: kvm_entry: ${words}`, 'qemu', 77, 'ftrace'],
    ['no flags', ` qemu-77  [001]  12.5: kvm_entry: ${words}`, 'qemu', 77, 'ftrace'],
    ['thread group', ` qemu-77  (   70) [001] d..1.  12.5: kvm_entry: ${words}`, 'qemu', 77, 'ftrace'],
    ['nobody known', ` <...>-77  [001] d..1.  12.5: kvm_entry: ${words}`, '<...>', 77, 'ftrace'],
    ['brackets', ` a-5 [1]-77  [001] d..1.  12.5: kvm_entry: ${words}`, 'a-5 [1]', 77, 'ftrace'],
    ['HTML', ` <b>-1</b>-77  [001] d..1.  12.5: kvm_entry: ${words}`, '<b>-1</b>', 77, 'ftrace'],
    ['trace-cmd', ` qemu-77  [001]  12.5: kvm_entry:            vcpu 0 rip 0x1000`, 'qemu', 77, 'trace-cmd'],
    ['raw', ` qemu-77  [001]  12.5: kvm_entry:            vcpu_id=0 rip=0x1000`, 'qemu', 77, 'trace-cmd raw'],
    ['perf', `  CPU 0/KVM    77 [001]    12.500000:      kvm:kvm_entry: ${words}`, 'CPU 0/KVM', 77, 'perf'],
    [
      'perf, process too',
      `  CPU 0/KVM  70/77 [001]  12.5:   kvm:kvm_entry: ${words}`,
      'CPU 0/KVM',
      77,
      'perf',
    ],
  ])('%s', (_, text, task, pid, format) => {
    const args = { of: 'entry', rip: 0x1000n, immediateExit: false };
    const prefix = { task, pid, cpu: 1, time: 12.5 };
    expect(readLine(text)).toEqual({ kind: 'event', format, prefix, name: 'kvm_entry', vcpu: 0, args });
  });

  test('a clock that counts something else gives no seconds', () => {
    expect(readLine(` qemu-77  [001] d..1.  1250: kvm_fpu: load`)).toMatchObject({
      prefix: { time: undefined },
    });
  });
});

describe('events', () => {
  test.each([
    ['kvm_entry: vcpu 0, rip 0x1000[immediate exit]', { of: 'entry', rip: 0x1000n, immediateExit: true }],
    [
      'kvm_entry: vcpu 0, rip 0x1000 intr_info 0x80000030 error_code 0x00000000[immediate exit]',
      { of: 'entry', rip: 0x1000n, immediateExit: true },
    ],
    [
      'kvm_exit: vcpu 0 reason UD excp rip 0x1000 info1 0x0000000000000001 info2 0xffffffffffffffff intr_info 0x00000000 error_code 0x00000000',
      exit('UD excp', [1n, 2n ** 64n - 1n]),
    ],
    [
      'kvm_exit: vcpu 0 reason msr rip 0x1000 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0 requests 0x400',
      exit('msr', [0n, 0n], 0x400n),
    ],
    [
      'kvm_exit: vcpu 0 reason EXTERNAL_INTERRUPT FAILED_VMENTRY rip 0x1000 info1 0x0 info2 0x0',
      exit('EXTERNAL_INTERRUPT FAILED_VMENTRY', [0n, 0n]),
    ],
    ['kvm_exit: reason EXIT_MSR rip 0x1000 info 1 ff', exit('msr', [1n, 0xffn])],
    ['kvm_exit: reason UNKNOWN (70) rip 0x1000 info 0 0', exit('UD excp', [0n, 0n])],
    [
      'kvm_nested_vmexit: <CANT FIND FIELD rip>vcpu 0 reason npf rip 0x1000 info1 0x1 info2 0x2 intr_info 0x0 error_code 0x0',
      exit('npf', [1n, 2n]),
    ],
    [
      'kvm_exit: exit_reason=124 guest_rip=0x1000 isa=2 info1=0x1 info2=0x0 intr_info=0x0 error_code=0x0 vcpu_id=0',
      exit('msr', [1n, 0n]),
    ],
    [
      'kvm_exit: exit_reason=4294967295 guest_rip=0x1000 isa=2 info1=0x1 info2=0x0 vcpu_id=0',
      exit('invalid_guest_state', [1n, 0n]),
    ],
    ['kvm_exit: exit_reason=48 guest_rip=0x1000 isa=1 info1=0x1 info2=0x0 vcpu_id=0', exit('0x30', [1n, 0n])],
    [
      'kvm_nested_vmenter: rip: 0x0000000000201423 vmcb: 0x0000000000020000 nested_rip: 0x00000000002014f5 int_ctl: 0x00000000 event_inj: 0x00000000 nested_npt=y nested_cr3: 0x0000000000028000',
      { of: 'vmenter', rip: 0x201423n, vmcb12: 0x20000n, nestedRip: 0x2014f5n, npt: true },
    ],
    [
      'kvm_nested_vmrun: rip: 0x201423 vmcb: 0x20000 nrip: 0x2014f5 int_ctl: 0x00000000 event_inj: 0x00000000 npt: off',
      { of: 'vmenter', rip: 0x201423n, vmcb12: 0x20000n, nestedRip: 0x2014f5n, npt: false },
    ],
    [
      'kvm_nested_intercepts: cr_read: 0010 cr_write: 0011 excp: 00062042 intercepts: bd4c8027 00006e7f 00000000',
      { of: 'intercepts', words: [0x10, 0x11, 0x62042, 0xbd4c8027, 0x6e7f, 0] },
    ],
    [
      'kvm_nested_vmexit_inject: reason: 0xf0000000 ext_inf1: 0x01 ext_inf2: 0x02 ext_int: 0x0 ext_int_err: 0x0',
      { of: 'inject', reason: '0xf0000000', info1: 1n, info2: 2n },
    ],
    [
      'kvm_nested_vmexit_inject: reason EXIT_VMMCALL info1 0 info2 a int_info 0 int_info_err 0',
      { of: 'inject', reason: 'hypercall', info1: 0n, info2: 10n },
    ],
    [
      'kvm_msr: msr_write c0000080 = 0x1d00 (#GP)',
      { of: 'msr', write: true, msr: 0xc0000080, value: 0x1d00n, gp: true },
    ],
    [
      'kvm_msr: write=0 ecx=c0000080 data=0xd00 exception=0',
      { of: 'msr', write: false, msr: 0xc0000080, value: 0xd00n, gp: false },
    ],
    ['kvm_inj_exception: #GP (0x0) [reinjected]', { of: 'exception', vector: 13, reinjected: true }],
    ['kvm_inj_exception: #XM', { of: 'exception', vector: 19, reinjected: false }],
    [
      'kvm_inj_exception: exception=6 has_error=0 error_code=0x0 reinjected=0',
      { of: 'exception', vector: 6, reinjected: false },
    ],
    ['kvm_userspace_exit: reason restart (4)', { of: 'userspace', reason: 'restart' }],
    ['kvm_userspace_exit: reason=8 errno=0', { of: 'userspace', reason: 'KVM_EXIT_SHUTDOWN' }],
    ['kvm_userspace_exit: reason=2 errno=-4', { of: 'userspace', reason: 'restart' }],
    ['kvm_smm_transition: vcpu 0: leaving SMM, smbase 0x30000', { of: 'smm', entering: false }],
    [
      'kvm_nested_vmenter_failed: !(save->efer & EFER_SVME)',
      { of: 'vmenter-failed', check: '!(save->efer & EFER_SVME)' },
    ],
    ['kvm_fpu: unload', { of: 'other', text: 'unload', unread: false }],
    ['kvm_exit: vcpu 0 reason', { of: 'other', text: 'vcpu 0 reason', unread: true }],
    ['kvm_entry: vcpu 0, rip 0x10000000000000000', expect.objectContaining({ unread: true })],
  ])('%s', (words, args) => {
    expect(argsOf(words)).toMatchObject({ name: words.slice(0, words.indexOf(':')), args });
  });
});

describe('the tracer about itself', () => {
  test.each([
    ['CPU:3 [LOST 5 EVENTS]', 3, 5],
    ['CPU:1 [EVENTS DROPPED]', 1, undefined],
    ['CPU:1 [12 EVENTS DROPPED]', 1, 12],
    ['##### CPU 2 buffer started ####', 2, undefined],
    ['# entries-in-buffer/entries-written: 17980/235770   #P:1', undefined, 217790],
    [' perf 12 [001] 12.5: PERF_RECORD_LOST lost 7', undefined, 7],
    ['LOST 7 events!', undefined, 7],
  ])('%s', (text, cpu, count) => {
    expect(readLine(text)).toEqual({ kind: 'lost', cpu, count });
  });

  test.each([
    ['# entries-in-buffer/entries-written: 5/5   #P:1', 'entries-in-buffer/entries-written: 5/5   #P:1'],
    ['cpus=1', 'cpus=1'],
    [ftrace('tracing_mark_write: step 1: <b>'), 'step 1: <b>'],
    [' a-1 [000] 1.5: print:        ip=tracing_mark_write buf=step 1', 'step 1'],
    [' 0)   ==========> |', '0)   ==========> |'],
  ])('%s is a note', (text, note) => {
    expect(readLine(text)).toEqual({ kind: 'note', text: note });
  });

  test('an empty line says nothing, any other is unknown', () => {
    expect(readLine('  ')).toBeUndefined();
    expect(readLine('hello')).toEqual({ kind: 'unknown', text: 'hello' });
    expect(readLine('int main(void) { return a | b; }')).toMatchObject({ kind: 'unknown' });
  });
});

describe('function_graph', () => {
  const prefix = { task: undefined, pid: undefined, cpu: 0, time: undefined };
  test.each([
    [' 0)   2.954 us    |    f [kvm](); /* = 0x1 */', { kind: 'enter', fn: 'f', depth: 2, leaf: true }],
    [' 0) ! 112.9 us    |  f.isra.0 [kvm]() {', { kind: 'enter', fn: 'f', depth: 1, leaf: false }],
    [' 0) $ 1129382.9 us |  } /* f [kvm] = 0x0 */', { kind: 'leave', fn: 'f', depth: 1, leaf: false }],
    [' 0)               |  }', { kind: 'leave', fn: '', depth: 1, leaf: false }],
    [' 0)               |    /* kvm_fpu: load */', { kind: 'event', name: 'kvm_fpu' }],
  ])('%s', (text, line) => {
    expect(readLine(text)).toMatchObject({ prefix, ...line });
  });

  test('with processes, flags and absolute time', () => {
    expect(readLine('   31.143203 |   0)    vmm-60    |  d..1. | + 12.1 us   |  } /* f */')).toEqual({
      kind: 'leave',
      prefix: { task: 'vmm', pid: 60, cpu: 0, time: 31.143203 },
      fn: 'f',
      depth: 1,
      leaf: false,
    });
  });
});

describe('no line takes for ever', () => {
  const parts = [' ', '-1 ', '-', '1', '[', '0) ', '| ', 'reason a rip 0x1 info1 0x1 info2 0x1 ', 'a=b '];
  test.each(parts)('of many %j', (part) => {
    for (const before of ['', ftrace('kvm_exit: '), ' 0) | /* kvm_exit: '])
      expect(readLine(`${before}${part.repeat(2 ** 20 / part.length)}!`)).toBeDefined();
  });
});
