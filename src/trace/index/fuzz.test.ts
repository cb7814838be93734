import { expect, test } from 'vitest';
import { textSource } from '../source.testing.ts';
import { fuzz } from './fuzz.testing.ts';
import { differences } from './index.testing.ts';

/** As many as asked for: SVMSCOPE_FUZZ=100000 npx vitest run src/trace/index/fuzz */
const count = Number(process.env['SVMSCOPE_FUZZ'] ?? 2000);

test(
  'the index and the plain reader say the same of hostile texts',
  { timeout: 60_000 + count * 10 },
  async () => {
    expect(await fuzz(1, count)).toEqual([]);
  },
);

test.each([
  '/* kvm_fpu: lo\rad */',
  '/* kvm_fpu: lo\u2028ad */',
  '/* kvm_: load */',
  '/* kvm_fpu: -1 [0] 1.0: x: */',
])('and of %j, where they could part', async (words) => {
  const known = ' 0)               |  /* kvm_fpu: load */\n a-1 [0] 1.5: kvm_: x\n';
  expect(await differences(textSource(`${known} 0)               |  ${words}\n`))).toEqual([]);
});

test.each([
  'a-1 [0] 1.5: kvm_entry: vcpu_id=-1 rip=0x1 immediate_exit=0',
  '0) | /* kvm_exit: vcpu 0 reason npf rip 0x2014f5 info1 0x1 info2 0x00-1 [0] 1.0: x: y */',
  '0) | /* kvm_entry: vcpu 0, rip 0x2-1 [0] 1.0: x: 14f5 */',
  'a-1 [0] 1.5: kvm_userspace_exit: reason EXIT_IO (2)',
  '0) | /* kvm_entry: vcpu 0, rip 0x1\r */',
])('and of %j, which comes after others', async (line) => {
  const known = [
    'x: y',
    'kvm_exit: vcpu 0 reason npf rip 0x1 info1 0x0 info2 0x0',
    'kvm_entry: vcpu 0, rip 0x1',
  ];
  const before = known.map((event) => `a-1 [0] 1.5: ${event}\n`).join('');
  expect(await differences(textSource(`${before}${line}\n${before}`))).toEqual([]);
});
