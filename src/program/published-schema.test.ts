import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { kernelList } from '#kvm/kernels.ts';
import { programToJson } from './format.ts';
import { parseProgram } from './parse.ts';
import { replaySchema } from './replay-schema.ts';
import { reportSchema } from './report-schema.ts';
import { run } from './runner.ts';
import { programSchema } from './schema.ts';
import { talkFileSchema } from './talk-schema.ts';

/** The published schemas are derived; `vitest -u` writes them again after a change of the formats. */
const published = (schema: v.GenericSchema, title: string): string =>
  `${JSON.stringify({ title, ...toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' }) }, null, 2)}\n`;

describe('public/schema', () => {
  test.each([
    ['program@1', programSchema],
    ['report@1', reportSchema],
    ['talk@1', talkFileSchema],
    ['replay@1', replaySchema],
  ] as const)('%s is what the product checks', async (name, schema) => {
    await expect(published(schema, `svmscope/${name}`)).toMatchFileSnapshot(
      `../../public/schema/${name}.json`,
    );
  });
});

test('reports have the published form on every kernel', () => {
  const program = parseProgram({
    format: 'svmscope/program@1',
    title: 'the story',
    guest: { efer: ['LME', 'LMA', 'NX', 'SVME'] },
    code: { l1: [{ do: 'VMRUN' }], l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }] },
    userspace: [{ do: 'KVM_RUN' }],
  });
  const kernels = kernelList('all,6.12');
  if (!program.ok || !kernels.ok) throw new Error('the story cannot be run');
  for (const kernel of kernels.value) {
    const report = run(kernel, program.value);
    expect(report.steps.length).toBeGreaterThan(1);
    expect(v.safeParse(reportSchema, report).issues).toBeUndefined();
  }
  expect(parseProgram(programToJson(program.value))).toEqual(program);
});
