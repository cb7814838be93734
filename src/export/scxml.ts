import { region, valueOf, type RegionName, type VcpuSnapshot } from '#machine/facts.ts';
import { registerGuards, stateGuards } from '#machine/guards.ts';
import { firedWarns, warnIds } from '#machine/warns.ts';
import type { ChartRegion, Passage } from '#session/chart-graph.ts';
import { stateIn } from '#session/passages.ts';
import { chartTree, type ChartTree } from './chart-tree.ts';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<!--
  The vCPU under KVM's nested SVM: the statechart of svmscope. Events are what KVM and the processor do to a vCPU.
  What the kernel asserts with a WARN is a condition here. A broken one still moves the chart, as the kernel goes on
  after a WARN, and makes the variable of that invariant true. Of the registers only those are here that a condition
  reads; WRITE sets them, with the register's name and the value in the event's data. Left out: every other register,
  and when which event comes, which is written in KVM's functions.
-->`;

const stateId = (name: RegionName, state: string): string => [...region(name).path, state].join('.');

/** A guard of the chart as an expression of SCXML's ECMAScript data model. */
function conditionOf(guard: string): string {
  const states: Readonly<Record<string, string>> =
    Object.entries(stateGuards).find(([name]) => name === guard)?.[1] ?? {};
  const values = Object.entries(registerGuards).filter(([name]) => name === guard);
  return [
    ...Object.entries(states).map(([name, state]) => `In('${stateId(name as RegionName, state)}')`),
    ...values.map(([, { register, value }]) => `${register} == ${value}`),
  ].join(' &amp;&amp; ');
}

function transitionLines({ id }: { readonly id: string }, passage: Passage): readonly string[] {
  const { event, from, to, guard, warn } = passage;
  const target = from === to ? '' : ` target="${id}.${to}"`;
  const start = `<transition event="${event}"`;
  if (warn === undefined) return [`${start}${target}/>`];
  return [
    ...(guard === undefined ? [] : [`${start} cond="${conditionOf(guard)}"${target}/>`]),
    `${start}${target}>`,
    `  <assign location="${warn}" expr="true"/>`,
    '</transition>',
  ];
}

const inside = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

function regionLines(one: ChartRegion & { readonly id: string }, now?: VcpuSnapshot): readonly string[] {
  const first = now ? stateIn(now, one.name) : one.initial;
  const passages = one.arrows.flatMap((arrow) => arrow.passages);
  return [
    `<state id="${one.id}">`,
    `  <initial><transition target="${one.id}.${first}"/></initial>`,
    ...one.states.flatMap((state) => [
      `  <state id="${one.id}.${state}">`,
      ...inside(
        inside(
          passages.filter(({ from }) => from === state).flatMap((passage) => transitionLines(one, passage)),
        ),
      ),
      '  </state>',
    ]),
    '</state>',
  ];
}

function treeLines(one: ChartTree, now?: VcpuSnapshot): readonly string[] {
  if (!('regions' in one)) return regionLines(one, now);
  const inner = one.regions.flatMap((child) => treeLines(child, now));
  return [`<parallel id="${one.id}">`, ...inside(inner), '</parallel>'];
}

/** The registers that guards read. */
const read = [...new Set(Object.values(registerGuards).map(({ register }) => register))];

function dataLines(now?: VcpuSnapshot): readonly string[] {
  const fired = now ? firedWarns(now.context.warned) : [];
  return [
    '<datamodel>',
    ...read.map((name) => `  <data id="${name}" expr="${now ? valueOf(now, name) : 0}"/>`),
    ...warnIds.map((id) => `  <data id="${id}" expr="${fired.includes(id)}"/>`),
    '</datamodel>',
  ];
}

/**
 * The chart as SCXML (W3C Recommendation of 1 September 2015) with the ECMAScript data model.
 *
 * @param now a vCPU; its states are then the initial ones, so that the chart goes on from there
 */
export function scxmlOf(now?: VcpuSnapshot): string {
  const writes = read.flatMap((name) => [
    `<transition event="WRITE" cond="_event.data.register == '${name}'">`,
    `  <assign location="${name}" expr="_event.data.value"/>`,
    '</transition>',
  ]);
  const regions = chartTree.flatMap((one) => treeLines(one, now));
  return [
    head,
    '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="vcpu">',
    ...inside(dataLines(now)),
    '  <parallel id="vcpu">',
    ...inside(inside([...writes, ...regions])),
    '  </parallel>',
    '</scxml>',
    '',
  ].join('\n');
}
