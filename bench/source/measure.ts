import { drain } from '#base/drain.ts';
import { allNodes, type KvmFunction, type Node } from '#kvm/ir.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { linesOf612 } from '#kvm/bases/lines-6.12.ts';
import { isOfKernel } from '#kvm/links.ts';
import { fitKernels } from '#source/c/fit.ts';
import { readFile, type CFile } from '#source/c/functions.ts';
import { OpenedSource, type TiedSource } from '#source/c/opened.ts';

export { isOnTheWay, isWanted } from '#source/c/wanted.ts';

/** Everything that a tree tells about a kernel of the model, with the milliseconds that it took. */
export function measure(files: readonly { readonly name: string; readonly text: string }[], id: string) {
  const kernel = kernelOf(id);
  const begun = performance.now();
  const opened = new OpenedSource(files.map(({ name, text }) => readFile(name, text)));
  const read = performance.now() - begun;
  const wanted = Object.values(kernel.functions).filter(isOfKernel);
  const tied: TiedSource[] = [];
  const slowest = { name: '', ms: 0 };
  for (const fn of wanted) {
    const from = performance.now();
    const one = opened.tied(kernel, fn);
    if (one) tied.push(one);
    const ms = performance.now() - from;
    if (ms > slowest.ms) Object.assign(slowest, { name: fn.name, ms });
  }
  const tying = performance.now() - begun - read;
  const fits = drain(fitKernels(opened));
  return {
    tied,
    missing: wanted.filter(({ name }) => !tied.some(({ fn }) => fn.name === name)),
    disagree: tied.flatMap((one) => one.disagreements),
    fits,
    wrong: tied.flatMap((one) => [...wrongTies(one), ...strangeTies(one, opened.tree.files)]),
    times: { read, tying, fitting: performance.now() - begun - read - tying, slowest },
  };
}

/** What cannot be true of ties, whatever the source is; and on 6.12.117 that functions are where they are known to be. */
function wrongTies({ fn, source, ties }: TiedSource): readonly string[] {
  const known = linesOf612[fn.name];
  const moved =
    known && (!source.file.endsWith(known[0]) || source.nameLine !== known[1])
      ? [`${fn.name}() is at ${source.file}:${source.nameLine}, known at ${known.join(':')}`]
      : [];
  const outside = [...ties.values()]
    .filter(({ from, to, source: at }) => from < at.line || to > at.endLine || from > to)
    .map(({ node, from }) => `${fn.name}(): "${node.id}" is tied to line ${from}, outside its function`);
  return [...moved, ...outside];
}

/** What kind of node an id names. */
export function kindOf({ body }: KvmFunction, id: string): Node['kind'] | undefined {
  return allNodes(body).find((node) => node.id === id)?.kind;
}

/** Sure ties whose lines do not name what the node names: the text of the file is asked, not what was made of it. */
function strangeTies({ fn, ties }: TiedSource, files: readonly CFile[]): readonly string[] {
  return [...ties.values()].flatMap(({ node, how, through, source, from, to }) => {
    const file = files.find(({ functions }) => functions.includes(source));
    const text = (file?.lines ?? []).slice(from - 1, to).join('\n');
    const callee = node.kind === 'call' ? node.fn : node.kind === 'trace' ? node.text : undefined;
    const names =
      callee === undefined
        ? wordsIn(node.text)
        : [through ?? callee, callee.replace(/^(?:nested_)?svm_/, '')].map((name) => name.replace('()', ''));
    const members = files.flatMap((one) => one.members.filter(({ value }) => value === callee));
    const words = new Set(wordsIn(text));
    const all = [...names, ...members.map(({ member }) => member)];
    if (how !== 'sure' || all.some((name) => words.has(name))) return [];
    return [`${fn.name}(): "${node.id}" is tied to line ${from}, which says: ${text.trim()}`];
  });
}

const wordsIn = (text: string): readonly string[] => text.match(/\w+/g) ?? [];
