import DOMPurify from 'dompurify';
import mermaid from 'mermaid';
import { beforeAll, expect, test } from 'vitest';
import { chartRegions } from '#session/chart-graph.ts';
import { guardText } from '#session/guard-words.ts';
import { chartAfter } from './chart.testing.ts';
import { mermaidOf } from './mermaid.ts';

beforeAll(() => {
  // Mermaid hands every label to DOMPurify, which needs a page. Nothing is shown here; the parser does not need it.
  Object.assign(DOMPurify, { sanitize: (text: string) => text, addHook: () => undefined });
});

interface Statement {
  readonly stmt: string;
  readonly id: string;
  readonly doc?: readonly Statement[];
  readonly description?: string;
  readonly state1?: { readonly id: string };
  readonly state2?: { readonly id: string };
  readonly classes?: readonly string[];
}

interface StateDb {
  readonly getRootDocV2: () => Statement;
  readonly getStates: () => ReadonlyMap<string, Statement>;
}

async function parsed(text: string): Promise<StateDb> {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  return db as unknown as StateDb;
}

const idOf = (path: readonly string[], state: string): string => [...path, state].join('_');
const all = (at: Statement): readonly Statement[] => [at, ...(at.doc ?? []).flatMap(all)];

test("is a state diagram to Mermaid's own parser", async () => {
  await expect(mermaid.parse(mermaidOf())).resolves.toMatchObject({ diagramType: 'stateDiagram' });
  await expect(mermaid.parse(mermaidOf().replace('-->', '->-'))).rejects.toThrow('line 9');
});

test('has every region, state and passage of the chart, and nothing else', async () => {
  const statements = all((await parsed(mermaidOf())).getRootDocV2());
  const relations = statements
    .filter(({ stmt }) => stmt === 'relation')
    .map(({ state1, state2, description }) => [state1?.id, state2?.id, description]);
  const expected = chartRegions.flatMap(({ path, arrows, initial }) => [
    [expect.stringContaining('start'), idOf(path, initial), undefined],
    ...arrows.flatMap(({ passages }) =>
      passages.map(({ from, to, event, warn, guard }) => [
        idOf(path, from),
        idOf(path, to),
        `${event}${warn ? `, WARN ${warn}` : ''}${guard ? ` unless ${guardText(guard)}` : ''}`,
      ]),
    ),
  ]);
  expect(relations).toEqual(expected);
});

test('puts regions inside each other, side by side', async () => {
  const statements = all((await parsed(mermaidOf())).getRootDocV2());
  const within = (outer: string): readonly string[] =>
    all(statements.find((one) => one.id === outer && one.doc) ?? { stmt: '', id: outer })
      .filter((one) => one.doc && one.id !== outer)
      .map((one) => one.id);
  for (const { path } of chartRegions) {
    const ids = path.map((_, index) => path.slice(0, index + 1).join('_'));
    for (const [index, inner] of ids.entries()) expect(within(['vcpu', ...ids][index]!)).toContain(inner);
  }
});

test('marks the states that a vCPU is in', async () => {
  const now = chartAfter({ type: 'VMEXIT' }, { type: 'SET_SVME' });
  const states = [...(await parsed(mermaidOf(now))).getStates().values()];
  const marked = states.filter(({ classes }) => classes?.includes('current')).map(({ id }) => id);
  expect(marked).toHaveLength(chartRegions.length);
  expect(marked).toEqual(expect.arrayContaining(['run_kvm', 'svme_set', 'guestMode_l1']));
});
