import { allNodes, type KvmFunction, type Node } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import type { CallRun, NodeRun, Run } from '#kvm/recorder.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { commonPairs } from './common-pairs.ts';

/** How a row fared in one kernel. */
export interface Cell<Moment = VcpuSnapshot> {
  /** `skipped`: the code has it on a branch that was not taken. */
  readonly state: 'ran' | 'skipped';
  /** The micro-step in which it ran. */
  readonly micro: number | undefined;
  /** Of a test whether it held; of a function or a local its value. */
  readonly value: number | undefined;
  readonly run: Run<Moment> | undefined;
}

/** A line of one kernel's call tree. */
export interface CodeLine<Moment = VcpuSnapshot> {
  /** Equal in two kernels for the same node of the same function. */
  readonly key: string;
  /** The function whose code has the line, and its node there; no node for a function that nobody's code calls. */
  readonly owner: string;
  readonly nodeId: string | undefined;
  readonly kind: 'function' | Exclude<Node['kind'], 'call' | 'dispatch' | 'loop'>;
  readonly depth: number;
  /** The function that the line stands in; of a function line the function itself, once it ran. */
  readonly fn: KvmFunction;
  /** The node of the line; for a function the call node of its caller, absent at the outermost level. */
  readonly node: Node | undefined;
  /** What the line says: a function as `name()`, a node as the kernel spells it. */
  readonly text: string;
  readonly cell: Cell<Moment>;
}

const place = (owner: string, nodeId: string | undefined) => ({
  key: `${owner}() ${nodeId ?? ''}`,
  owner,
  nodeId,
});

const functionLine = <Moment>(
  call: CallRun<Moment>,
  depth: number,
  caller: KvmFunction | undefined,
): CodeLine<Moment> => ({
  ...place(caller?.name ?? call.fn.name, caller ? call.by?.id : undefined),
  kind: 'function',
  depth,
  fn: call.fn,
  node: call.by,
  text: `${call.fn.name}()`,
  cell: { state: 'ran', micro: call.index, value: call.returned, run: call },
});

function nodeLine<Moment>(
  fn: KvmFunction,
  node: Node,
  depth: number,
  run: NodeRun<Moment> | undefined,
): CodeLine<Moment> {
  const kind =
    node.kind === 'call' || node.kind === 'dispatch' || node.kind === 'loop' ? 'function' : node.kind;
  return {
    ...place(fn.name, node.id),
    kind,
    depth,
    fn,
    node,
    text: node.text,
    cell: { state: run ? 'ran' : 'skipped', micro: run?.index, value: run?.value, run },
  };
}

/** The nodes of a branch that was not taken, with their branches. */
function skippedLines<Moment>(
  fn: KvmFunction,
  nodes: readonly Node[],
  depth: number,
): readonly CodeLine<Moment>[] {
  return nodes.flatMap((node) => [
    nodeLine<Moment>(fn, node, depth, undefined),
    ...(node.kind === 'test' ? skippedLines<Moment>(fn, [...node.then, ...node.otherwise], depth + 1) : []),
  ]);
}

/** The runs of one function, taken in order. */
class Queue<Moment> {
  private readonly runs: readonly Run<Moment>[];
  private at = 0;

  constructor(runs: readonly Run<Moment>[]) {
    this.runs = runs;
  }

  take(node: Node): Run<Moment> | undefined {
    const run = this.runs[this.at];
    const belongs = run?.kind === 'node' ? run.node === node : run?.by === node;
    if (!run || !belongs) return undefined;
    this.at += 1;
    return run;
  }

  get empty(): boolean {
    return this.at >= this.runs.length;
  }
}

function linesOf<Moment>(
  fn: KvmFunction,
  nodes: readonly Node[],
  queue: Queue<Moment>,
  depth: number,
): readonly CodeLine<Moment>[] {
  const lines: CodeLine<Moment>[] = [];
  for (const node of nodes) {
    if (queue.empty) break;
    if (node.kind === 'loop') {
      // One turn after the other, as long as something of the body ran.
      for (let before = -1; before !== lines.length && !queue.empty;) {
        before = lines.length;
        lines.push(...linesOf(fn, node.body, queue, depth));
      }
      continue;
    }
    const run = queue.take(node);
    if (!run) continue;
    if (run.kind === 'call') {
      lines.push(...callLines(run, depth, fn));
      continue;
    }
    lines.push(nodeLine(fn, node, depth, run));
    if (node.kind !== 'test') continue;
    const [taken, left] = run.value ? [node.then, node.otherwise] : [node.otherwise, node.then];
    if (run.value)
      lines.push(...linesOf(fn, taken, queue, depth + 1), ...skippedLines<Moment>(fn, left, depth + 1));
    else lines.push(...skippedLines<Moment>(fn, left, depth + 1), ...linesOf(fn, taken, queue, depth + 1));
  }
  return lines;
}

function callLines<Moment>(
  call: CallRun<Moment>,
  depth: number,
  caller?: KvmFunction,
): readonly CodeLine<Moment>[] {
  return [
    functionLine(call, depth, caller),
    ...linesOf(call.fn, call.fn.body, new Queue(call.steps), depth + 1),
  ];
}

/** The call tree of an operation as lines: what ran, and dimmed the branches that did not. */
export function codeLines<Moment>(calls: readonly CallRun<Moment>[]): readonly CodeLine<Moment>[] {
  return calls.flatMap((call) => callLines(call, 0));
}

/** A line of the table: one node, and how it fared in each of the kernels. */
export interface CodeRow<Moment = VcpuSnapshot> extends Omit<CodeLine, 'cell'> {
  /** Undefined where the kernel did not get there, or does not have it. */
  readonly cells: readonly (Cell<Moment> | undefined)[];
  /** Whether the kernel's code has the node at all. */
  readonly has: readonly boolean[];
}

type Merging<Moment> = Omit<CodeLine, 'cell'> & { readonly cells: readonly (Cell<Moment> | undefined)[] };

function merge<Moment>(
  rows: readonly Merging<Moment>[],
  lines: readonly CodeLine<Moment>[],
  column: number,
): readonly Merging<Moment>[] {
  const blank = Array.from({ length: column }, () => undefined);
  const alone = ({ cell, ...line }: CodeLine<Moment>): Merging<Moment> => ({
    ...line,
    cells: [...blank, cell],
  });
  const merged: Merging<Moment>[] = [];
  let row = 0;
  let line = 0;
  const pairs = commonPairs(rows, lines, (one, other) => one.key === other.key);
  for (const [nextRow, nextLine] of [...pairs, [rows.length, lines.length] as const]) {
    for (; row < nextRow; row += 1) merged.push({ ...rows[row]!, cells: [...rows[row]!.cells, undefined] });
    for (; line < nextLine; line += 1) merged.push(alone(lines[line]!));
    if (row < rows.length && line < lines.length) {
      merged.push({ ...rows[row]!, cells: [...rows[row]!.cells, lines[line]!.cell] });
      row += 1;
      line += 1;
    }
  }
  return merged;
}

const nodeIds = new WeakMap<KvmFunction, ReadonlySet<string>>();

/** Whether the kernel's code has the line: the function, and in it the node. */
function hasLine(kernel: Kernel, { owner, nodeId }: Pick<CodeLine, 'owner' | 'nodeId'>): boolean {
  const fn = kernel.functions[owner];
  if (!fn || nodeId === undefined) return fn !== undefined;
  let ids = nodeIds.get(fn);
  if (!ids) {
    ids = new Set(allNodes(fn.body).map((node) => node.id));
    nodeIds.set(fn, ids);
  }
  return ids.has(nodeId);
}

/** The call trees of several kernels as one table: a row a node, a column a kernel. */
export function codeTable<Moment>(
  columns: readonly { readonly kernel: Kernel; readonly calls: readonly CallRun<Moment>[] }[],
): readonly CodeRow<Moment>[] {
  let rows: readonly Merging<Moment>[] = [];
  for (const [column, { calls }] of columns.entries()) rows = merge(rows, codeLines(calls), column);
  return rows.map((row) => ({ ...row, has: columns.map(({ kernel }) => hasLine(kernel, row)) }));
}
