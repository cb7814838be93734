import { ok } from '#base/result.ts';
import { isC } from '#source/c/wanted.ts';
import { looksLikePatch } from '#source/patch/head.ts';
import type { InputKind } from './kinds.ts';
import { recordingKind } from './recording-kind.ts';

/** Everything that can be opened. The first kind that takes a file for its own gets it. */
export const inputKinds: readonly InputKind[] = [
  {
    id: 'program',
    title: 'A program or a talk',
    about: 'JSON of svmscope/program@1 or svmscope/talk@1. It runs in place of the program that is open.',
    many: false,
    is: ({ name, text }) => /\.json$/i.test(name) || /^\s*[{[]/.test(text),
    take: async (files, { onProgram }) => {
      onProgram(files);
      return ok(null);
    },
  },
  {
    id: 'source',
    title: 'Kernel source',
    about:
      'svm.c, nested.c, x86.c or a whole tree, of which only the files that the model names are read. The code panel shows your own lines, and lights those that ran.',
    many: true,
    is: ({ name }) => isC(name),
    take: async (files, { onSource }) => {
      const opened = await (await import('../source/open.ts')).openFiles(files);
      if (opened.ok) onSource();
      return opened;
    },
  },
  {
    id: 'patch',
    title: 'Patches',
    about:
      'A thread as lore serves it (mbox.gz), git format-patch, git show or git diff. A click on a hunk marks its rows in the code and lists what it changes.',
    many: true,
    is: ({ name, text }) => looksLikePatch(name, text),
    take: async (files) => {
      const { openPatchFiles } = await import('../patch/open.ts');
      return openPatchFiles(files);
    },
  },
  recordingKind,
];
