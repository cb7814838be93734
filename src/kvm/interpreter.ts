import { invariant } from '#base/assert.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import { carry, evaluate, type CarryingScope } from '#machine/expr.ts';
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

interface Frame {
  readonly locals: Map<string, number>;
  readonly scope: CarryingScope;
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
    return this.valueOf(this.enter(name, args));
  }

  private enter(name: string, args: Readonly<Record<string, number>>, by?: Node): number {
    const fn = functionOf(this.kernel, name);
    const locals = new Map(Object.entries(args));
    this.observer?.enter(fn, by);
    const returned = this.run(fn.body, { locals, scope: this.scopeOf(locals) }) ?? 0;
    this.observer?.leave(fn, returned);
    return returned;
  }

  private scopeOf(locals: ReadonlyMap<string, number>): CarryingScope {
    const { port } = this;
    const { tokens } = port;
    const peekLocal = (key: string): number => locals.get(key) ?? 0;
    return {
      read: (fact) => port.read(fact),
      local: tokens ? (key) => tokens.value(peekLocal(key)) : peekLocal,
      peek: (fact) => (tokens ? tokens.of(fact) : port.read(fact)),
      peekLocal,
    };
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
        const value = evaluate(node.when, frame.scope) === 0 ? 0 : 1;
        this.observer?.node(node, value, []);
        return this.run(value ? node.then : node.otherwise, frame);
      }
      case 'effect':
        return this.effect(node, frame);
      case 'let': {
        const value = carry(node.value, frame.scope);
        frame.locals.set(node.name, value);
        this.observer?.node(node, value, []);
        return undefined;
      }
      case 'call':
      case 'dispatch':
        return this.callNode(node, frame);
      case 'return': {
        const value = carry(node.value, frame.scope);
        this.observer?.node(node, value, []);
        return value;
      }
      case 'trace': {
        this.observer?.node(node, 0, []);
        this.observer?.trace(
          node.event,
          mapValues(node.args, (arg) => carry(arg, frame.scope)),
        );
        return undefined;
      }
      case 'loop':
        return this.loop(node.body, frame);
    }
  }

  private callNode(node: Node & { readonly kind: 'call' | 'dispatch' }, frame: Frame): Returned {
    const name = node.kind === 'call' ? node.fn : node.to[evaluate(node.on, frame.scope)];
    invariant(name !== undefined, `${node.text} has a handler`);
    const args = node.kind === 'call' ? mapValues(node.args, (arg) => carry(arg, frame.scope)) : {};
    const value = this.enter(name, args, node);
    if (node.into !== undefined) frame.locals.set(node.into, value);
    return undefined;
  }

  private effect(node: EffectNode, frame: Frame): undefined {
    // All values are those before the effect, as an assignment from one structure to another has them.
    const events = node.does.flatMap((template) => this.eventOf(template, frame));
    for (const event of events) this.port.apply(event);
    this.observer?.node(node, 0, events);
    return undefined;
  }

  private eventOf(template: EffectTemplate, frame: Frame): readonly VcpuEvent[] {
    if (template.when && evaluate(template.when, frame.scope) === 0) return [];
    if ('type' in template) return [{ type: template.type }];
    const carried = carry(template.value, frame.scope);
    const { bits } = registers[template.write];
    const value = this.port.tokens?.fits(carried, bits) ? carried : cut(this.valueOf(carried), bits);
    return this.port.holds(template.write, value) ? [] : [{ type: 'WRITE', register: template.write, value }];
  }

  private loop(body: readonly Node[], frame: Frame): Returned {
    for (let turn = 0; turn < loopLimit; turn += 1) {
      const returned = this.run(body, frame);
      if (returned !== undefined) return returned;
    }
    throw new Error(`a loop of ${this.kernel.id} does not end`);
  }
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Readonly<Record<string, Mapped>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
