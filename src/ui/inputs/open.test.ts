import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';

import { headOf } from '#browser/file-head.ts';
import type { InputPage } from './kinds.ts';
import { openInputs } from './open.ts';
import { inputKinds } from './table.ts';

const program = '{ "format": "svmscope/program@1" }';
const event = '     vmm-64      [000] d....    32.575630: kvm_entry: vcpu 0, rip 0x20146f\n';
const mail =
  'From: A <a@example.org>\nSubject: [PATCH] x\n\n---\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n';
const file = (name: string, content: BlobPart): File => new File([content], name);

const page = (): InputPage => ({ onProgram: vi.fn<InputPage['onProgram']>(), onSource: () => undefined });

const kindOf = async (one: File): Promise<string | undefined> => {
  const head = await headOf(one);
  return inputKinds.find(({ is }) => is(head))?.id;
};

describe('a file', () => {
  test.each([
    ['a.json', program, 'program'],
    ['a', `\n ${program}`, 'program'],
    ['trace.txt', event, 'recording'],
    ['trace', `# tracer: nop\n#\n${event}`, 'recording'],
    ['trace.gz', gzipSync(event), 'recording'],
    ['0001.patch', mail, 'patch'],
    ['series.mbox', `From a Mon Sep 17 00:00:00 2001\n${mail}`, 'patch'],
    ['series.mbox.gz', gzipSync(`From a Mon Sep 17 00:00:00 2001\n${mail}`), 'patch'],
    ['svm.c', 'int x;\n', 'source'],
    ['trace.h', '#define x\n', 'source'],
  ])('%s goes to its kind', async (name, content, kind) => {
    expect(await kindOf(file(name, content as BlobPart))).toBe(kind);
  });
});

describe('what is opened', () => {
  test('is handed to its kind', async () => {
    const to = page();
    const files = [file('a.json', program)];
    expect(await openInputs(files, to)).toEqual({ ok: true, value: null });
    expect(to.onProgram).toHaveBeenCalledWith(files);
  });

  test.each([
    [[], 'no file came with it that can be opened'],
    [[file('a.json', program), file('svm.c', '')], '2 files of different kinds, one kind at a time'],
    [[file('a.json', program), file('b.json', program)], '2 files, one at a time'],
  ] as const)('is refused in one line: %#', async (files, error) => {
    const to = page();
    expect(await openInputs(files, to)).toEqual({ ok: false, error });
    expect(to.onProgram).not.toHaveBeenCalled();
  });

  test('names the file that is nothing here, and what would be something', async () => {
    const opened = await openInputs([file('a.txt', 'good morning\n')], page());
    expect(opened.ok ? '' : opened.error).toMatch(
      /^a\.txt: nothing that can be opened here, which is: a program/,
    );
    for (const { title } of inputKinds) expect(opened.ok ? '' : opened.error).toContain(title.slice(1));
  });

  test('cannot be a file that the browser cannot read', async () => {
    const gone = file('gone.json', program);
    gone.slice = () => {
      throw new Error('NotReadableError');
    };
    expect(await openInputs([gone], page())).toEqual({ ok: false, error: 'gone.json: cannot be read' });
  });
});
