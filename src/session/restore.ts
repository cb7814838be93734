import { fail, ok, type Result } from '#base/result.ts';
import { kernel } from '#kvm/kernels.ts';
import { parseProgram, problemLine } from '#program/parse.ts';
import { programFormat } from '#program/schema.ts';
import { escapeUnprintable } from '#program/problem.ts';
import { parseTalk } from '#program/talk-schema.ts';
import { panelNames, type PanelName, type TalkChoice } from '#program/talk.ts';
import type { Op, Program } from '#program/types.ts';
import { microSteps, viewsAt } from './derive.ts';
import { densities, firstLook, type PageLook, type PageView, type Presenting } from './page-look.ts';
import { isUserspaceOp } from './possible.ts';
import {
  kernelLimit,
  programUnder,
  type HistoryNode,
  type Session,
  type SessionEvent,
  type Setup,
} from './session.ts';
import { sessionFormat } from './stored.ts';

/** Nodes that a stored history can have: beyond this it is none that a person made. */
const mostNodes = 10_000;

type Fields = Readonly<Record<string, unknown>>;

class Unusable extends Error {}

function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Unusable(message);
}

function fieldsOf(value: unknown, what: string): Fields {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} is no object`);
  return value as Fields;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  demand(Array.isArray(value), `${what} is no list`);
  return value;
}

function programOf(value: unknown): Program {
  const parsed = parseProgram({ format: programFormat, ...fieldsOf(value, 'program') });
  demand(parsed.ok, parsed.ok ? '' : problemLine(parsed.error));
  return parsed.value;
}

function kernelsOf(value: unknown): readonly string[] {
  const ids = listOf(value, 'kernels');
  demand(
    ids.length > 0 && ids.length <= kernelLimit && new Set(ids).size === ids.length,
    `1 to ${kernelLimit} different kernels`,
  );
  return ids.map((id) => {
    const known = kernel(String(id));
    demand(known.ok, known.ok ? '' : known.error);
    return known.value.id;
  });
}

function setupOf(program: Program, value: unknown): Setup {
  const setup = fieldsOf(value, 'setup');
  demand(
    Object.keys(setup).every((key) => ['host', 'guest', 'vmcb12'].includes(key)),
    'a setup of host, guest and vmcb12',
  );
  programOf(programUnder(program, setup));
  return setup;
}

const inSmm = (op: Op): boolean => op.do === 'SMRAM';

/** Checked as parts of a program: free operations are no other than those of a listing. */
function checkOps(ops: readonly Op[]): void {
  for (let from = 0; from < ops.length; from += 500) {
    const some = ops.slice(from, from + 500);
    const guest = some.filter((op) => !isUserspaceOp(op));
    programOf({
      title: 'free play',
      code: {
        l1: guest.filter((op) => !inSmm(op)),
        l2: Array.from({ length: 1000 }, () => ({ do: 'END' })),
        smm: guest.filter(inSmm),
      },
      userspace: [{ do: 'KVM_GET_NESTED_STATE' }, ...some.filter(isUserspaceOp)],
    });
  }
}

function eventOf(program: Program, value: unknown, isRoot: boolean): SessionEvent {
  const event = fieldsOf(value, 'event');
  demand((event['kind'] === 'setup') === isRoot, 'a run starts with a setup, and only there');
  if (event['kind'] === 'setup') return { kind: 'setup', setup: setupOf(program, event['setup']) };
  if (event['kind'] === 'step') return { kind: 'step' };
  demand(event['kind'] === 'do', 'an event is setup, step or do');
  const op = fieldsOf(event['op'], 'operation');
  demand(typeof op['do'] === 'string', 'an operation says what it does');
  return { kind: 'do', op: op as unknown as Op };
}

function nodesOf(program: Program, value: unknown): readonly HistoryNode[] {
  const list = listOf(value, 'nodes');
  demand(list.length > 0 && list.length <= mostNodes, `1 to ${mostNodes} nodes`);
  const nodes = list.map((item, id) => {
    const { id: given, parent, event } = fieldsOf(item, 'node');
    demand(given === id, 'nodes in the order of their ids');
    demand(parent === undefined || isIndex(parent, id), 'a parent that comes before');
    return { id, parent, event: eventOf(program, event, parent === undefined) };
  });
  const [first] = nodes;
  demand(
    first?.event.kind === 'setup' && Object.keys(first.event.setup).length === 0,
    'the first run is the program',
  );
  checkOps(nodes.flatMap(({ event }) => (event.kind === 'do' ? [event.op] : [])));
  return nodes;
}

function isIndex(value: unknown, below: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below;
}

function lastChildOf(nodes: readonly HistoryNode[], value: unknown): Readonly<Record<number, number>> {
  const entries = Object.entries(fieldsOf(value, 'lastChild')).map(([parent, child]) => {
    demand(
      isIndex(child, nodes.length) && nodes[child]?.parent === Number(parent),
      'lastChild names a child',
    );
    return [Number(parent), child] as const;
  });
  return Object.fromEntries(entries);
}

function branchNamesOf(nodes: readonly HistoryNode[], value: unknown): Readonly<Record<number, string>> {
  const entries = Object.entries(fieldsOf(value, 'names')).map(([id, name]) => {
    demand(isIndex(Number(id), nodes.length) && typeof name === 'string', 'a name belongs to a node');
    return [Number(id), name] as const;
  });
  return Object.fromEntries(entries);
}

/** A run that was kept before there were talks has none. */
function talkChoiceOf(value: unknown): TalkChoice | undefined {
  if (value === undefined) return undefined;
  const { kind, id, talk, program } = fieldsOf(value, 'talk');
  if (kind === 'tour') {
    demand(typeof id === 'string', 'a tour has an id');
    return { kind, id };
  }
  demand(kind === 'own', 'a talk is a tour or own');
  const parsed = parseTalk(talk);
  demand(parsed.ok, parsed.ok ? '' : problemLine(parsed.error));
  return { kind, talk: parsed.value, ...(program !== undefined && { program: programOf(program) }) };
}

function sessionOf(value: unknown): Session {
  const fields = fieldsOf(value, 'session');
  demand(fields['format'] === sessionFormat, `format is not ${sessionFormat}`);
  const program = programOf(fields['program']);
  const nodes = nodesOf(program, fields['nodes']);
  const { node, micro } = fieldsOf(fields['cursor'], 'cursor');
  demand(isIndex(node, nodes.length), 'the cursor stands on a node');
  const scenario = fields['scenario'];
  demand(scenario === undefined || typeof scenario === 'string', 'scenario is no name');
  const session: Session = {
    program,
    scenario,
    kernels: kernelsOf(fields['kernels']),
    nodes,
    cursor: { node },
    lastChild: lastChildOf(nodes, fields['lastChild']),
    names: branchNamesOf(nodes, fields['names']),
    talk: talkChoiceOf(fields['talk']),
    stop: isIndex(fields['stop'], mostNodes) ? fields['stop'] : 0,
  };
  // It must run as far as the cursor; a model that knows an operation no longer says so here and not in a panel.
  viewsAt(session);
  return isIndex(micro, microSteps(session, node)) && micro > 0
    ? { ...session, cursor: { node, micro } }
    : session;
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown, what: string): Name {
  const found = names.find((name) => name === value);
  demand(found !== undefined, `${what} is none of ${names.join(' ')}`);
  return found;
}

function flagOf(value: unknown, what: string): boolean {
  demand(typeof value === 'boolean', `${what} is neither true nor false`);
  return value;
}

function panelsOf(value: unknown): readonly PanelName[] {
  return listOf(value, 'panels').map((name) => oneOf(panelNames, name, 'panel'));
}

function presentingOf(value: unknown): Presenting | undefined {
  if (value === undefined) return undefined;
  const { panels, blank, predict, covered } = fieldsOf(value, 'presenting');
  return {
    panels: panels === undefined ? undefined : panelsOf(panels),
    blank: flagOf(blank, 'blank'),
    predict: flagOf(predict, 'predict'),
    covered: flagOf(covered, 'covered'),
  };
}

/** A run that was kept before the page's look was is shown as a new visitor sees it. */
function lookOf({ kernels }: Session, value: unknown): PageLook {
  if (value === undefined) return firstLook;
  const { focus, tab, density, presenting } = fieldsOf(value, 'look');
  demand(isIndex(focus, kernels.length), 'the focus is on one of the kernels');
  return {
    focus,
    tab: oneOf(panelNames, tab, 'tab'),
    density: oneOf(densities, density, 'density'),
    presenting: presentingOf(presenting),
  };
}

/** The run and how it is shown, from what JSON.parse() or a link made, checked down to the last operation. */
export function viewFrom(session: unknown, look: unknown): Result<PageView, string> {
  try {
    const checked = sessionOf(session);
    return ok({ session: checked, look: lookOf(checked, look) });
  } catch (error) {
    return fail(reasonOf(error));
  }
}

/** Characters of the longest reason: it may repeat a name out of the text. */
const longestReason = 300;

function reasonOf(error: unknown): string {
  return escapeUnprintable(error instanceof Error ? error.message : String(error)).slice(0, longestReason);
}

/** The run that a text holds, or why it cannot be used. */
export function restoreView(text: string): Result<PageView, string> {
  try {
    const stored: unknown = JSON.parse(text);
    return viewFrom(stored, (stored as Fields | null)?.['look']);
  } catch (error) {
    return fail(reasonOf(error));
  }
}
