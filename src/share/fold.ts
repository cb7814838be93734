import { sessionFormat } from '#session/stored.ts';
import type { PageView } from '#session/page-look.ts';
import type { HistoryNode, Session } from '#session/session.ts';
import { Damaged } from './bytes.ts';
import type { Plain, PlainObject } from './pack.ts';

/**
 * A view as links of version 2 hold it: the history as what was done in turn, everything else as it is. A number is so
 * many steps of the program; an object an operation done instead; `[7]` says that what follows goes on from node 7,
 * `[{...}]` that a run under that setup begins. The program always comes along: a link must not change its meaning
 * when the ready-made one that it began with does.
 */

/** What has no value in a view is `false` here: objects of one kind then have the same keys, which are named once. */
const orFalse = (value: unknown): Plain => (value === undefined ? false : (value as Plain));
const fromFalse = (value: unknown): unknown => (value === false ? undefined : value);

/** Beyond this a history is none that a person made, and running it again would hold up the page for long. */
export const mostNodes = 2_000;

export function folded({ session, look }: PageView): PlainObject {
  const { program, scenario, kernels, nodes, cursor, names, talk, stop } = session;
  return {
    program: program as unknown as Plain,
    scenario: orFalse(scenario),
    kernels,
    history: foldedHistory(nodes),
    at: cursor.node,
    micro: cursor.micro ?? 0,
    ways: foldedWays(session),
    names: Object.entries(names).flatMap(([id, name]) => [Number(id), name]),
    talk: orFalse(talk),
    stop,
    look: look as unknown as Plain,
  };
}

function foldedHistory(nodes: readonly HistoryNode[]): readonly Plain[] {
  const history: Plain[] = [];
  for (const { id, parent, event } of nodes) {
    if (event.kind === 'setup') {
      // The first run is the program with no change: it need not be said.
      if (id > 0) history.push([event.setup as Plain]);
      continue;
    }
    if (parent !== undefined && parent !== id - 1) history.push([parent]);
    const last = history.at(-1);
    if (event.kind === 'do') history.push(event.op as unknown as Plain);
    else if (typeof last === 'number') history[history.length - 1] = last + 1;
    else history.push(1);
  }
  return history;
}

/** The ways that → follows, where they are not the newest from a node: node and child in turn, child 0 for none. */
function foldedWays({ nodes, lastChild }: Session): readonly number[] {
  return Object.entries(newest(nodes)).flatMap(([parent, child]) => {
    const followed = lastChild[Number(parent)];
    return followed === child ? [] : [Number(parent), followed ?? 0];
  });
}

function newest(nodes: readonly HistoryNode[]): Record<number, number> {
  const children: Record<number, number> = {};
  for (const { id, parent } of nodes) if (parent !== undefined) children[parent] = id;
  return children;
}

/** What is written down, as the checks of a stored session want it; they judge all that is not undone here. */
export function unfolded(form: unknown): { readonly session: unknown; readonly look: unknown } {
  const fields = fieldsOf(form);
  const nodes = unfoldedHistory(listOf(fields['history']));
  const micro = fields['micro'];
  const session = {
    format: sessionFormat,
    program: fields['program'],
    scenario: fromFalse(fields['scenario']),
    kernels: fields['kernels'],
    nodes,
    cursor: micro === 0 ? { node: fields['at'] } : { node: fields['at'], micro },
    lastChild: unfoldedWays(nodes, listOf(fields['ways'])),
    names: Object.fromEntries(pairsOf(listOf(fields['names']))),
    talk: fromFalse(fields['talk']),
    stop: fields['stop'],
  };
  return { session, look: fields['look'] };
}

function unfoldedHistory(history: readonly unknown[]): readonly HistoryNode[] {
  const nodes: HistoryNode[] = [{ id: 0, parent: undefined, event: { kind: 'setup', setup: {} } }];
  let parent = 0;
  const add = (event: HistoryNode['event'], under: number | undefined): void => {
    if (nodes.length >= mostNodes) throw new Damaged(`it holds more than ${mostNodes} operations`);
    parent = nodes.length;
    nodes.push({ id: parent, parent: under, event });
  };
  for (const item of history) {
    if (typeof item === 'number') for (let made = 0; made < item; made += 1) add({ kind: 'step' }, parent);
    else if (!Array.isArray(item)) add({ kind: 'do', op: fieldsOf(item) as never }, parent);
    else if (typeof item[0] === 'number') [parent] = item;
    else add({ kind: 'setup', setup: fieldsOf(item[0]) }, undefined);
  }
  return nodes;
}

function unfoldedWays(
  nodes: readonly HistoryNode[],
  ways: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const followed = { ...newest(nodes), ...Object.fromEntries(pairsOf(ways)) };
  return Object.fromEntries(Object.entries(followed).filter(([, child]) => child !== 0));
}

function pairsOf(list: readonly unknown[]): readonly (readonly [PropertyKey, unknown])[] {
  const pairs: (readonly [PropertyKey, unknown])[] = [];
  for (let at = 0; at < list.length; at += 2) pairs.push([String(list[at]), list[at + 1]]);
  return pairs;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Damaged('a list is missing');
  return value;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Damaged('an object is missing');
  return value as Readonly<Record<string, unknown>>;
}
