import { transition } from 'xstate';
import { bench, describe } from 'vitest';
import { Interpreter } from '#kvm/interpreter.ts';
import { kernel } from '#kvm/kernels.ts';
import { applyToChart, ChartPort } from '#machine/chart-port.ts';
import { PackedPort, packSnapshot } from '#machine/packed.ts';
import { vcpuMachine } from '#machine/vcpu.ts';
import { boot } from '#program/boot.ts';
import { operateInGuest } from '#program/operate.ts';
import { scenarios } from '#scenarios/scenarios.ts';

/** One VMRUN and L2's EFER write on 7.1, and one effect, over each of the ways to drive the chart. */

const built = kernel('7.1');
if (!built.ok) throw new Error(built.error);
const under = built.value;
const first = boot(under, scenarios[0]!.program);
const clear = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] } as const;

describe('VMRUN, then WRMSR EFER in L2', () => {
  bench('packed words', () => {
    const port = new PackedPort(packSnapshot(first));
    const interpreter = new Interpreter(under, port);
    operateInGuest(interpreter, port, { do: 'VMRUN' });
    operateInGuest(interpreter, port, clear);
  });
  bench('statechart snapshot', () => {
    const port = new ChartPort(first);
    const interpreter = new Interpreter(under, port);
    operateInGuest(interpreter, port, { do: 'VMRUN' });
    operateInGuest(interpreter, port, clear);
  });
});

describe('one effect on the statechart', () => {
  bench('shared scope', () => {
    applyToChart(first, { type: 'CLEAR_GIF' });
  });
  bench("xstate's transition()", () => {
    transition(vcpuMachine, first, { type: 'CLEAR_GIF' });
  });
});
