import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { vocabulary } from './align/align.testing.ts';
import { programWith, treeWith, stepsWith, type Recorded } from './conform.ts';
import { fixture, bytesSource } from './source.testing.ts';
import { treeDifferences } from './tree.ts';

/** Recordings of Linux 6.12.117, asked about as the page and the headless command ask. */
const recorded = (name: string): Recorded => ({ source: bytesSource(fixture(name)), vocabulary });

const whole = [0, 0, Number.MAX_SAFE_INTEGER] as const;

describe('a real recording as a program', { timeout: 60_000 }, () => {
  test('one EFER write tells by where the guest goes on whether the host had NRIPS', async () => {
    const asked = recorded('events/6.12/S07-l2-clear-svme-no-msrprot');
    const kernel = kernelOf('6.12');
    const [write] = await stepsWith(asked, kernel, ({ step }) => step.op?.do === 'WRMSR');
    const { vcpu, from, to } = write!.step;
    const taken = await programWith(asked, kernel, [vcpu, from, to]);
    expect(taken.ok && taken.value.same).toBe(true);
    expect(taken.ok && taken.value.program.host.nrips).toBe(false);
  });

  test.each([
    ['S04-vmrun-vmmcall-vmexit', '6.12'],
    ['S05-l2-clear-svme-intercepted', '6.12'],
    ['S07-l2-clear-svme-no-msrprot', '6.12'],
    ['S07-l2-clear-svme-no-msrprot', '6.12+v1'],
    ['S07-l2-clear-svme-no-msrprot', '6.12+v2'],
    ['S15a-l2-triple-fault-icpt', '6.12'],
    ['S28a-smm-in-l1-toggles-svme', '6.12'],
  ])('%s of %s does the same', async (name, id) => {
    const taken = await programWith(recorded(`events/${id}/${name}`), kernelOf(id), whole);
    expect(taken).toMatchObject({ ok: true, value: { same: true } });
  });

  test('of another kernel says where the model parts from it', async () => {
    const source = recorded('events/6.12+v2/S07-l2-clear-svme-no-msrprot');
    const taken = await programWith(source, kernelOf('6.12+v2'), whole);
    const other = await programWith(source, kernelOf('6.12'), whole);
    expect(taken).toMatchObject({ ok: true, value: { same: true } });
    expect(other).not.toMatchObject({ ok: true, value: { same: true } });
  });

  test('of no event in the stretch is refused', async () => {
    const taken = await programWith(
      recorded('events/6.12/S04-vmrun-vmmcall-vmexit'),
      kernelOf('6.12'),
      [3, 0, 5],
    );
    expect(taken).toEqual({
      ok: false,
      error: { path: 'stretch', message: 'no step of vCPU 3 has an event in it' },
    });
  });
});

describe('the recorded calls of a step beside those of the model', { timeout: 60_000 }, () => {
  test('are the same where L2 clears SVME and KVM drops out of guest mode', async () => {
    const source = recorded('function-graph/6.12/S07-l2-clear-svme-no-msrprot');
    const steps = await stepsWith(source, kernelOf('6.12'), ({ step }) => step.op?.do === 'WRMSR');
    const rows = await treeWith(source, kernelOf('6.12'), [0, steps[0]!.step.index]);
    const both = rows.filter(({ side }) => side === 'both').map(({ fn }) => fn);
    expect(both).toEqual(expect.arrayContaining(['svm_set_efer', 'svm_leave_nested', 'svm_free_nested']));
    expect(treeDifferences(rows)).toEqual([]);
    // Events do not tell of the virtual GIF; the recorded calls do.
    expect(rows[0]!.assumedHost).toBe('vgif off');
    const other = await treeWith(source, kernelOf('6.12+v1'), [0, steps[0]!.step.index]);
    expect(treeDifferences(other).map(({ fn }) => fn)).toContain('svm_leave_nested');
  });

  test('are none where only events were recorded', async () => {
    const source = recorded('events/6.12/S07-l2-clear-svme-no-msrprot');
    expect(await treeWith(source, kernelOf('6.12'), [0, 1])).toEqual([]);
  });
});
