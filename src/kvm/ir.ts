import { invariant } from '#base/assert.ts';
import type { EffectType } from '#machine/effects.ts';
import type { Expr, ExprLike } from '#machine/expr.ts';
import type { RegisterName } from '#machine/registers.ts';

/**
 * On whose word a node stands: `apm`, the manual requires it; `choice`, the manual leaves it undefined and KVM
 * decides; `kvm`, KVM's own bookkeeping, which no guest can see.
 */
export type Authority = 'apm' | 'choice' | 'kvm';

/** How sure the model is where no recording and no source decides. */
export type Mark = 'derived' | 'unverified';

export interface Standing {
  readonly by?: Authority;
  /** Where it is written: a manual's section, a commit, a recording. */
  readonly source?: string;
  readonly mark?: Mark;
}

/** One primitive effect of an effect node; `when` makes it conditional on a value rather than on a test of the code. */
export type EffectTemplate =
  | { readonly type: EffectType; readonly when?: Expr }
  | { readonly write: RegisterName; readonly value: Expr; readonly when?: Expr };

interface Base extends Standing {
  /** Unique within its function; patches name nodes by it. */
  readonly id: string;
  /** The node as the kernel spells it. */
  readonly text: string;
}

export interface TestNode extends Base {
  readonly kind: 'test';
  readonly when: Expr;
  readonly then: readonly Node[];
  readonly otherwise: readonly Node[];
}
export interface EffectNode extends Base {
  readonly kind: 'effect';
  readonly does: readonly EffectTemplate[];
}
export interface LetNode extends Base {
  readonly kind: 'let';
  readonly name: string;
  readonly value: Expr;
}
export interface CallNode extends Base {
  readonly kind: 'call';
  readonly fn: string;
  readonly args: Readonly<Record<string, Expr>>;
  /** Local variable that takes the returned value. */
  readonly into: string | undefined;
}
export interface DispatchNode extends Base {
  readonly kind: 'dispatch';
  readonly on: Expr;
  readonly to: Readonly<Record<number, string>>;
  readonly into: string;
}
export interface ReturnNode extends Base {
  readonly kind: 'return';
  readonly value: Expr;
}
export interface TraceNode extends Base {
  readonly kind: 'trace';
  readonly event: string;
  readonly args: Readonly<Record<string, Expr>>;
}
/** Runs its body again and again until a return in it. */
export interface LoopNode extends Base {
  readonly kind: 'loop';
  readonly body: readonly Node[];
}

export type Node =
  | TestNode
  | EffectNode
  | LetNode
  | CallNode
  | DispatchNode
  | ReturnNode
  | TraceNode
  | LoopNode;

/**
 * `kernel`: a function of the kernel that tracing shows. `inlined`: one of the kernel that the recorded build inlines
 * or that is not traced; the panel shows it, a report's path does not. `hidden`: traced, but neither it nor what it
 * enters is comparable between builds; a report's path leaves both out. `frame`: the outer loop of KVM_RUN, below
 * which depth starts anew. `processor`: no kernel code but what the processor does by itself.
 */
export type Visibility = 'kernel' | 'inlined' | 'hidden' | 'frame' | 'processor';

export interface KvmFunction {
  readonly name: string;
  /** Below arch/x86/kvm unless it begins with a slash. Empty for the processor. */
  readonly file: string;
  readonly visibility: Visibility;
  readonly params: readonly string[];
  readonly body: readonly Node[];
  readonly mark?: Mark;
  /** The function that a patch took this one's nodes from. */
  readonly extractedFrom?: string;
}

const standing = ({ by, source, mark }: Standing): Standing => ({
  by: by ?? 'kvm',
  ...(source === undefined ? {} : { source }),
  ...(mark === undefined ? {} : { mark }),
});

const lift = (value: ExprLike): Expr => (typeof value === 'number' ? { kind: 'const', value } : value);
const liftAll = (args: Readonly<Record<string, ExprLike>>): Readonly<Record<string, Expr>> =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, lift(value)]));

export function test(
  text: string,
  when: ExprLike,
  then: readonly Node[],
  otherwise: readonly Node[] = [],
  stands: Standing = {},
): TestNode {
  return { kind: 'test', id: text, text, when: lift(when), then, otherwise, ...standing(stands) };
}

export function effect(text: string, does: readonly EffectTemplate[], stands: Standing = {}): EffectNode {
  return { kind: 'effect', id: text, text, does, ...standing(stands) };
}

export function assignLocal(name: string, text: string, value: ExprLike, stands: Standing = {}): LetNode {
  return { kind: 'let', id: text, text, name, value: lift(value), ...standing(stands) };
}

export function call(
  callee: string,
  args: Readonly<Record<string, ExprLike>> = {},
  options: Standing & { readonly into?: string } = {},
): CallNode {
  return {
    kind: 'call',
    id: callee,
    text: `${callee}()`,
    fn: callee,
    args: liftAll(args),
    into: options.into,
    ...standing(options),
  };
}

export function dispatch(
  text: string,
  on: Expr,
  to: Readonly<Record<number, string>>,
  into: string,
): DispatchNode {
  return { kind: 'dispatch', id: text, text, on, to, into, ...standing({}) };
}

export function giveBack(text: string, value: ExprLike, stands: Standing = {}): ReturnNode {
  return { kind: 'return', id: text, text, value: lift(value), ...standing(stands) };
}

export function trace(event: string, args: Readonly<Record<string, ExprLike>> = {}): TraceNode {
  return {
    kind: 'trace',
    id: `trace_${event}`,
    text: `trace_${event}()`,
    event,
    args: liftAll(args),
    ...standing({}),
  };
}

export function loop(text: string, body: readonly Node[]): LoopNode {
  return { kind: 'loop', id: text, text, body, ...standing({}) };
}

/** Write a value to a register, as part of an effect node. */
export function write(register: RegisterName, value: ExprLike, when?: Expr): EffectTemplate {
  return { write: register, value: lift(value), ...(when ? { when } : {}) };
}

/** A state change of the chart, as part of an effect node. */
export function send(type: EffectType, when?: Expr): EffectTemplate {
  return { type, ...(when ? { when } : {}) };
}

/** The lists of nodes inside a node, in the order in which they are written. */
export function branches(node: Node): readonly (readonly Node[])[] {
  if (node.kind === 'test') return [node.then, node.otherwise];
  return node.kind === 'loop' ? [node.body] : [];
}

/** Every node of a list, outer before inner. */
export function allNodes(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...branches(node).flatMap(allNodes)]);
}

/** The same node with its inner lists mapped. */
export function withBranches(node: Node, map: (nodes: readonly Node[]) => readonly Node[]): Node {
  if (node.kind === 'test') return { ...node, then: map(node.then), otherwise: map(node.otherwise) };
  return node.kind === 'loop' ? { ...node, body: map(node.body) } : node;
}

/** Number the ids that occur more than once: `name`, `name#2`, `name#3`. */
function numberIds(nodes: readonly Node[], seen: Map<string, number> = new Map()): readonly Node[] {
  return nodes.map((node) => {
    const count = (seen.get(node.id) ?? 0) + 1;
    seen.set(node.id, count);
    const id = count === 1 ? node.id : `${node.id}#${count}`;
    return withBranches({ ...node, id }, (inner) => numberIds(inner, seen));
  });
}

export interface FunctionOptions {
  readonly params?: readonly string[];
  readonly visibility?: Visibility;
  readonly mark?: Mark;
}

/** A function as data. Source file below arch/x86/kvm. */
export function fn(
  name: string,
  file: string,
  body: readonly Node[],
  options: FunctionOptions = {},
): KvmFunction {
  const { params = [], visibility = 'kernel', mark } = options;
  const numbered = numberIds(body);
  const ids = allNodes(numbered).map(({ id }) => id);
  invariant(new Set(ids).size === ids.length, `ids of ${name}() are unique`);
  return { name, file, visibility, params, body: numbered, ...(mark ? { mark } : {}) };
}
