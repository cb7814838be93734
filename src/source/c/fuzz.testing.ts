import { invariant } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { textOf } from './model.testing.ts';
import { readFile } from './functions.ts';
import { OpenedSource } from './opened.ts';

/** What makes C break in odd ways when it stands where it should not. */
const shards = [
  '{',
  '}',
  '(',
  ')',
  ';',
  '"',
  "'",
  '/*',
  '*/',
  '//',
  '\\',
  '\\\n',
  '\n',
  '\r\n',
  '\0',
  '#if X\n',
  '#else\n',
  '#endif\n',
  '#define M(x) {\n',
  '\n}\n',
  'if (',
  'else ',
  'case A ... B:',
  'return ',
  '\u{1F600}',
  '\uD800',
  '= {',
  '.set_efer = f,',
  'static int f(void)\n{\n',
  'kvm_x86_call(',
  'CC(',
  '?',
  ':',
  '__init ',
  'x'.repeat(300),
  '('.repeat(60),
  '{'.repeat(60),
];

/** Break C at random, read it, tie the model to it, and check that nothing that is found is made up. */
export function fuzzC(seed: number, count: number): { readonly functions: number; readonly ties: number } {
  const random = seededRandom(seed);
  const kernel = kernelOf('7.1');
  const known = Object.values(kernel.functions).filter(({ body, file }) => file !== '' && body.length < 12);
  let functions = 0;
  let ties = 0;
  for (let turn = 0; turn < count; turn += 1) {
    const chosen = [random.pick(known), random.pick(known)];
    let text = chosen.map(textOf).join('\n').slice(0, 1500);
    for (let broken = random.next(8); broken > 0; broken -= 1) {
      const from = random.next(text.length + 1);
      const to = random.next(2) === 0 ? from : Math.min(text.length, from + random.next(60));
      text = text.slice(0, from) + random.pick(shards) + text.slice(to);
    }
    const file = readFile('svm/svm.c', text);
    for (const one of file.functions) {
      functions += 1;
      const inside =
        one.line >= 1 &&
        one.line <= one.nameLine &&
        one.nameLine <= one.endLine &&
        one.endLine <= file.lines.length;
      invariant(inside, `${one.name}() lies in the file: ${JSON.stringify(text)}`);
      invariant(
        file.lines[one.nameLine - 1]!.includes(one.name),
        `${one.name}() is named where it is said: ${JSON.stringify(text)}`,
      );
    }
    const opened = new OpenedSource([file]);
    for (const fn of chosen.slice(0, 1)) {
      for (const { source, from, to } of opened.tied(kernel, fn)?.ties.values() ?? []) {
        ties += 1;
        invariant(
          from >= source.line && from <= to && to <= source.endLine,
          `ties of ${fn.name}() lie in it: ${JSON.stringify(text)}`,
        );
      }
    }
  }
  return { functions, ties };
}
