import { expect, test } from 'vitest';

import { recordingKind } from './recording-kind.ts';

const is = (text: string): boolean => recordingKind.is({ name: 'a', text, packed: false });

test.each([
  ['trace', '# tracer: nop\n#\n'],
  ['trace_pipe', ' CPU 0/KVM-50      [000] d....    32.873890: kvm_entry: vcpu 0, rip 0x20146f\n'],
  [
    'trace-cmd report',
    'cpus=1\n           vmm-50    [000]    32.873890: kvm_entry:            vcpu 0, rip 0x20146f',
  ],
  ['perf script', ' qemu-kvm  1234 [003]  1701.766750:                  kvm:kvm_entry: vcpu 0, rip 0x1'],
  ['function_graph', '# tracer: function_graph\n'],
  ['function_graph without its header', ' 0)               |  svm_set_efer() {\n'],
  ['lost events', 'CPU:3 [LOST 12 EVENTS]\n'],
  ['notes before it', '# a note\n\n# tracer: nop\n'],
])('%s is a recording', (_, text) => {
  expect(is(text)).toBe(true);
});

test.each([
  ['a program', '{ "schema": "svmscope/program@1" }'],
  [
    'a patch',
    'From 0123456789ab Mon Sep 17 00:00:00 2001\nSubject: [PATCH] x\n\n--- a/b.c\n+++ b/b.c\n@@ -1,2 +1,3 @@\n',
  ],
  ['C', '#include <linux/kvm_host.h>\nint f(void)\n{\n\tif (a)\n\t\treturn 1;\n}\n'],
  ['zeros', '\0'.repeat(65_536)],
  ['a line without an end', 'a'.repeat(65_536)],
  ['nothing', ''],
])('%s is none', (_, text) => {
  expect(is(text)).toBe(false);
});

test.each(['\u{17}\bDtracing\0', 'PERFILE2\0'])('a binary file of a tracer is: %j', (text) => {
  expect(is(text)).toBe(true);
});

test.each([
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'xz'],
  [[0x28, 0xb5, 0x2f, 0xfd, 0x04], 'zstd'],
  [[...Buffer.from('BZh91AY')], 'bzip2'],
  [[0x50, 0x4b, 3, 4], 'zip'],
])('what another packer packed is told to be unpacked: %j', async (bytes, packer) => {
  expect(is(new TextDecoder().decode(new Uint8Array(bytes)))).toBe(true);
  const taken = await recordingKind.take([new File([new Uint8Array(bytes)], 'trace')], {
    onProgram: () => undefined,
    onSource: () => undefined,
  });
  expect(taken).toEqual({ ok: false, error: `trace: packed by ${packer}: unpack it, or pack it by gzip` });
});
