import type { KvmFunction, Node } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { isOfKernel, pathInTree } from '#kvm/links.ts';
import { OpenedSource } from './opened.ts';
import { readFile } from './functions.ts';
import { saysCode } from './score.ts';

/** A kernel of the model written down as C: source that agrees with it in everything. */

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `\t${line}`);

function linesOf(node: Node): readonly string[] {
  const said = saysCode(node) ? node.text : undefined;
  switch (node.kind) {
    case 'test':
      return [
        `if (${said ?? 'unlikely(0)'}) {`,
        ...indent(node.then.flatMap(linesOf)),
        ...(node.otherwise.length > 0 ? ['} else {', ...indent(node.otherwise.flatMap(linesOf))] : []),
        '}',
      ];
    case 'loop':
      return [`${node.text} {`, ...indent(node.body.flatMap(linesOf)), '}'];
    case 'call':
      return [`${/^\w+$/.test(node.fn) ? node.fn : 'processor'}(vcpu);`];
    case 'trace':
      return [`trace_${node.event}(vcpu);`];
    case 'dispatch':
    case 'effect':
    case 'let':
    case 'return':
      return [node.kind === 'dispatch' || said !== undefined ? `${node.text};` : `/* ${node.text} */`];
  }
}

export function textOf(fn: KvmFunction): string {
  return [
    `static int ${fn.name}(struct kvm_vcpu *vcpu)`,
    '{',
    ...indent(fn.body.flatMap(linesOf)),
    '}',
    '',
  ].join('\n');
}

/** The kernel's functions as files, each where the model has it. */
export function filesOf(kernel: Kernel): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const fn of Object.values(kernel.functions).filter(isOfKernel)) {
    const path = pathInTree(fn.file);
    files.set(path, `${files.get(path) ?? ''}${textOf(fn)}\n`);
  }
  return files;
}

export function sourceOf(kernel: Kernel): OpenedSource {
  return new OpenedSource([...filesOf(kernel)].map(([name, text]) => readFile(name, text)));
}
