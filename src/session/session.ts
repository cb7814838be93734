import { present } from '#base/assert.ts';
import type { GuestOptions, HostOptions, Op, Program, Vmcb12Options } from '#program/types.ts';
import type { TalkChoice } from '#program/talk.ts';

/** What the visitor changed of a program before running it: a what-if. The program itself stays as it is. */
export interface Setup {
  readonly host?: Partial<HostOptions>;
  readonly guest?: Partial<GuestOptions>;
  readonly vmcb12?: Partial<Vmcb12Options>;
}

/** One thing that the visitor did. States follow from these, and are never stored. */
export type SessionEvent =
  | { readonly kind: 'setup'; readonly setup: Setup }
  /** Every kernel does what comes next in the program. */
  | { readonly kind: 'step' }
  /** Every kernel that can does this instead. */
  | { readonly kind: 'do'; readonly op: Op };

/** A node of the history. Children are ways to go on from it. */
export interface HistoryNode {
  readonly id: number;
  readonly parent: number | undefined;
  readonly event: SessionEvent;
}

/** Where the visitor stands: after an event, or inside it after some of its micro-steps. */
export interface Cursor {
  readonly node: number;
  /** How many micro-steps of the event are shown; absent: all of it. */
  readonly micro?: number;
}

/** One visitor's run: everything that a link has to carry. */
export interface Session {
  readonly program: Program;
  readonly scenario: string | undefined;
  /** Kernel ids, one to four. */
  readonly kernels: readonly string[];
  /** In the order of their ids; the first is the root, the program with no change. */
  readonly nodes: readonly HistoryNode[];
  readonly cursor: Cursor;
  /** For each node with children, the one visited last: where → goes. */
  readonly lastChild: Readonly<Record<number, number>>;
  /** Names that the visitor gave to branches, by the node at which they end. */
  readonly names: Readonly<Record<number, string>>;
  /** The talk that goes with the run, where it is not that of the scenario. */
  readonly talk: TalkChoice | undefined;
  /** The stop at which the talk stands, wherever the cursor has gone since. */
  readonly stop: number;
}

/** Kernels that can be shown at once. */
export const kernelLimit = 4;

export function startSession(program: Program, kernels: readonly string[], scenario?: string): Session {
  return {
    program,
    scenario,
    kernels,
    nodes: [{ id: 0, parent: undefined, event: { kind: 'setup', setup: {} } }],
    cursor: { node: 0 },
    lastChild: {},
    names: {},
    talk: undefined,
    stop: 0,
  };
}

export function nodeOf(session: Session, id: number): HistoryNode {
  return present(session.nodes[id], `history node ${id}`);
}

export function childrenOf(session: Session, id: number): readonly HistoryNode[] {
  return session.nodes.filter(({ parent }) => parent === id);
}

/** The nodes from the first event to this one. */
export function trunkTo(session: Session, id: number): readonly HistoryNode[] {
  const trunk: HistoryNode[] = [];
  for (let at: number | undefined = id; at !== undefined; at = nodeOf(session, at).parent) {
    trunk.push(nodeOf(session, at));
  }
  return trunk.toReversed();
}

/** The nodes from the start through the cursor to the end of the branch that → would follow. */
export function branchThrough(session: Session, id: number): readonly HistoryNode[] {
  const trunk = [...trunkTo(session, id)];
  for (let next = session.lastChild[id]; next !== undefined; next = session.lastChild[next])
    trunk.push(nodeOf(session, next));
  return trunk;
}

/** The nodes at which a branch ends, in the order in which they were made. */
export function branchEnds(session: Session): readonly HistoryNode[] {
  const parents = new Set(session.nodes.map(({ parent }) => parent));
  return session.nodes.filter(({ id }) => !parents.has(id));
}

/** Move to a node, and remember the way to it as the one that → follows. */
export function moveTo(session: Session, cursor: Cursor): Session {
  const lastChild = { ...session.lastChild };
  for (const { id, parent } of trunkTo(session, cursor.node)) {
    if (parent !== undefined) lastChild[parent] = id;
  }
  return { ...session, cursor, lastChild };
}

const sameEvent = (left: SessionEvent, right: SessionEvent): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/** Do something at a node. A way that was gone before is gone again, not doubled. */
export function append(session: Session, parent: number | undefined, event: SessionEvent): Session {
  const known = session.nodes.find((node) => node.parent === parent && sameEvent(node.event, event));
  if (known) return moveTo(session, { node: known.id });
  const id = session.nodes.length;
  return moveTo({ ...session, nodes: [...session.nodes, { id, parent, event }] }, { node: id });
}

/** The setup under which a node runs. */
export function setupOf(session: Session, id: number): Setup {
  const { event } = present(trunkTo(session, id)[0], 'a first event');
  return event.kind === 'setup' ? event.setup : {};
}

/**
 * Change the setup, and run what was done so far again under it. The old run stays as a branch of its own; changing
 * the setup back returns to it.
 */
export function changeSetup(session: Session, change: Setup): Session {
  const trunk = trunkTo(session, session.cursor.node);
  const before = setupOf(session, session.cursor.node);
  const setup = normalised(session.program, {
    host: { ...before.host, ...change.host },
    guest: { ...before.guest, ...change.guest },
    vmcb12: { ...before.vmcb12, ...change.vmcb12 },
  });
  const rooted = append(session, undefined, { kind: 'setup', setup });
  return trunk.slice(1).reduce((at, { event }) => append(at, at.cursor.node, event), rooted);
}

/** Only what differs from the program, so that equal setups are equal. */
export function normalised(program: Program, setup: Setup): Setup {
  const parts = (['host', 'guest', 'vmcb12'] as const).map((part) => {
    const original = program[part] as unknown as Readonly<Record<string, unknown>>;
    const entries = Object.entries(setup[part] ?? {})
      .filter(([key, value]) => JSON.stringify(original[key]) !== JSON.stringify(value))
      .toSorted(([left], [right]) => (left < right ? -1 : 1));
    return [part, Object.fromEntries(entries)] as const;
  });
  return Object.fromEntries(parts.filter(([, entries]) => Object.keys(entries).length > 0));
}

/** The program as it runs under a setup. */
export function programUnder(program: Program, setup: Setup): Program {
  return {
    ...program,
    host: { ...program.host, ...setup.host },
    guest: { ...program.guest, ...setup.guest },
    vmcb12: { ...program.vmcb12, ...setup.vmcb12 },
  };
}

/** Name the branch that ends at a node; an empty name takes it away. */
export function nameBranch(session: Session, id: number, name: string): Session {
  const names = { ...session.names };
  if (name.trim() === '') delete names[id];
  else names[id] = name.trim();
  return { ...session, names };
}
