import { invariant } from '#base/assert.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import { carry, evaluate, type CarryingScope, type Expr } from '#machine/expr.ts';
import type { FactName } from '#machine/facts.ts';
import type { VcpuPort } from '#machine/port.ts';
import { registers } from '#machine/registers.ts';
import type { EffectNode, EffectTemplate, KvmFunction, Node } from './ir.ts';
import { functionOf, type Kernel } from './kernel.ts';

/** Sees every node that runs. The explorer runs without one. */
export interface Observer {
  /** A function is entered, by a call node of its caller or from outside. */
  enter(fn: KvmFunction, by: Node | undefined): void;
  leave(fn: KvmFunction, returned: number): void;
  /** A node ran: a test with its value, an effect with the events that it had, a local with what it took. */
  node(node: Node, value: number, events: readonly VcpuEvent[]): void;
  trace(event: string, args: Readonly<Record<string, number>>): void;
}

/** Loops of the kernel that a model mistake would make endless. */
const loopLimit = 64;

/** The local variables of one call, and what its expressions can see. */
class Frame implements CarryingScope {
  readonly locals: Map<string, number>;
  readonly readBits?: (fact: FactName, mask: number) => number;
  private readonly port: VcpuPort;

  constructor(port: VcpuPort, locals: Map<string, number>) {
    this.port = port;
    this.locals = locals;
    if (port.readBits) this.readBits = (fact, mask) => port.readBits!(fact, mask);
  }

  read(fact: FactName): number {
    return this.port.read(fact);
  }

  local(name: string): number {
    const value = this.peekLocal(name);
    return this.port.tokens ? this.port.tokens.value(value) : value;
  }

  peek(fact: FactName): number {
    return this.port.tokens ? this.port.tokens.of(fact) : this.port.read(fact);
  }

  peekLocal(name: string): number {
    return this.locals.get(name) ?? 0;
  }
}

type Returned = number | undefined;

/** A value as a register of so many bits holds it. */
function cut(value: number, bits: number): number {
  return (bits === 32 ? value : value & ((1 << bits) - 1)) >>> 0;
}

/** Runs functions of one kernel against one vCPU. */
export class Interpreter {
  private readonly kernel: Kernel;
  private readonly port: VcpuPort;
  private readonly observer: Observer | undefined;

  constructor(kernel: Kernel, port: VcpuPort, observer?: Observer) {
    this.kernel = kernel;
    this.port = port;
    this.observer = observer;
  }

  /** The same kernel and vCPU, with nobody looking. */
  unobserved(): Interpreter {
    return new Interpreter(this.kernel, this.port);
  }

  /** Call a function by name. The value that it returns; 0 for one that returns nothing. */
  call(name: string, args: Readonly<Record<string, number>> = {}): number {
    return this.valueOf(this.enter(name, new Map(Object.entries(args))));
  }

  private enter(name: string, locals: Map<string, number>, by?: Node): number {
    const fn = functionOf(this.kernel, name);
    this.observer?.enter(fn, by);
    const returned = this.run(fn.body, new Frame(this.port, locals)) ?? 0;
    this.observer?.leave(fn, returned);
    return returned;
  }

  /** What is behind a token of the port. */
  private valueOf(value: number): number {
    return this.port.tokens?.value(value) ?? value;
  }

  private run(nodes: readonly Node[], frame: Frame): Returned {
    for (const node of nodes) {
      const returned = this.step(node, frame);
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  private step(node: Node, frame: Frame): Returned {
    switch (node.kind) {
      case 'test': {
        const value = evaluate(node.when, frame) === 0 ? 0 : 1;
        this.observer?.node(node, value, []);
        return this.run(value ? node.then : node.otherwise, frame);
      }
      case 'effect':
        return this.effect(node, frame);
      case 'let': {
        const value = carry(node.value, frame);
        frame.locals.set(node.name, value);
        this.observer?.node(node, value, []);
        return undefined;
      }
      case 'call':
      case 'dispatch':
        return this.callNode(node, frame);
      case 'return': {
        const value = carry(node.value, frame);
        this.observer?.node(node, value, []);
        return value;
      }
      case 'trace': {
        this.observer?.node(node, 0, []);
        this.observer?.trace(node.event, Object.fromEntries(carried(node.args, frame)));
        return undefined;
      }
      case 'loop':
        return this.loop(node.body, frame);
    }
  }

  private callNode(node: Node & { readonly kind: 'call' | 'dispatch' }, frame: Frame): Returned {
    const name = node.kind === 'call' ? node.fn : node.to[evaluate(node.on, frame)];
    invariant(name !== undefined, `${node.text} has a handler`);
    const value = this.enter(name, carried(node.kind === 'call' ? node.args : {}, frame), node);
    if (node.into !== undefined) frame.locals.set(node.into, value);
    return undefined;
  }

  private effect(node: EffectNode, frame: Frame): undefined {
    // All values are those before the effect, as an assignment from one structure to another has them.
    const events: VcpuEvent[] = [];
    for (const template of node.does) {
      const event = this.eventOf(template, frame);
      if (event) events.push(event);
    }
    for (const event of events) this.port.apply(event);
    this.observer?.node(node, 0, events);
    return undefined;
  }

  private eventOf(template: EffectTemplate, frame: Frame): VcpuEvent | undefined {
    if (template.when && evaluate(template.when, frame) === 0) return undefined;
    if ('type' in template) return { type: template.type };
    const given = carry(template.value, frame);
    const { bits } = registers[template.write];
    const value = this.port.tokens?.fits(given, bits) ? given : cut(this.valueOf(given), bits);
    return this.port.holds(template.write, value)
      ? undefined
      : { type: 'WRITE', register: template.write, value };
  }

  private loop(body: readonly Node[], frame: Frame): Returned {
    for (let turn = 0; turn < loopLimit; turn += 1) {
      const returned = this.run(body, frame);
      if (returned !== undefined) return returned;
    }
    throw new Error(`a loop of ${this.kernel.id} does not end`);
  }
}

/** Arguments as they are handed over. */
function carried(args: Readonly<Record<string, Expr>>, frame: Frame): Map<string, number> {
  const values = new Map<string, number>();
  for (const name in args) values.set(name, carry(args[name]!, frame));
  return values;
}
