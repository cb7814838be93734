import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { seededRandom, type Random } from '#base/random.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { canStep, derivedAt } from '#session/derive.ts';
import { firstLook, type PageView } from '#session/page-look.ts';
import { choicesAt } from '#session/possible.ts';
import { append, moveTo, nameBranch, type Session } from '#session/session.ts';
import { microForward, stepForward } from '#session/steps.ts';
import { sessionFormat } from '#session/stored.ts';
import { clearsSvme, visited } from '#session/visited.testing.ts';
import { setHost, setIntercept } from '#session/what-if.ts';
import { writeText } from './bytes.ts';
import { folded } from './fold.ts';
import { fragmentOf, framed, linkOf, linkProblem, readFragment } from './link.ts';
import { pack, type Plain } from './pack.ts';
import { anyView } from './random-view.testing.ts';

const viewOf = (session: Session): PageView => ({ session, look: firstLook });
const opening = openScenario(present(scenarios[0], 'a scenario'));

test('every session comes back exactly as it was', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyView, (given) => {
      expect(readFragment(fragmentOf(given))).toEqual({ ok: true, value: given });
    }),
    { numRuns: 300, seed: 5 },
  );
});

test.each(scenarios)('$id comes back as it opens, and wherever one stands in it', (scenario) => {
  let session = openScenario(scenario);
  for (let moved = 0; moved < 30; moved += 1, session = microForward(session)) {
    const given = viewOf(session);
    expect(readFragment(fragmentOf(given))).toEqual({ ok: true, value: given });
  }
});

/** One of the operations that the page offers and the first kernel can carry out, done at the cursor. */
function freely(session: Session, random: Random): Session {
  const { node } = session.cursor;
  const state = derivedAt(session, node, present(session.kernels[0], 'a kernel')).state;
  const possible = choicesAt(state).filter(({ whyNot }) => whyNot === undefined);
  if (possible.length === 0) return moveTo(session, { node: random.next(node) });
  return append(session, node, { kind: 'do', op: random.pick(possible).op });
}

/** The opening scenario, played with: steps while there are any, branches, free operations, a setup, names. */
function played(operations: number, free: number, branches: number): Session {
  const random = seededRandom(operations);
  let session = setIntercept(setHost(opening, 'nrips', false), 'MSR_PROT', true);
  for (let made = 0; made < branches; made += 1) {
    for (let done = 0; done < free / branches; done += 1) session = freely(session, random);
    session = nameBranch(session, session.cursor.node, `branch ${made + 1}`);
    session = moveTo(session, { node: 1 + random.next(2) });
  }
  while (session.nodes.length <= operations) {
    const { node } = session.cursor;
    session = canStep(session, node) ? stepForward(session) : freely(session, random);
  }
  return session;
}

/** A program of so many operations. */
const long = (operations: number) => ({
  ...clearsSvme,
  code: {
    ...clearsSvme.code,
    l1: Array.from({ length: operations / 2 }, () => ({ do: 'EXIT' }) as const),
  },
  userspace: Array.from({ length: operations / 2 + 1 }, () => ({ do: 'KVM_RUN' }) as const),
});

/** Measured as 387, 330 and 636 characters, address and all. */
describe('200 operations in under 1,000 characters', () => {
  const base = 'https://svmscope.example.org/review/';

  test.each([
    ['200 steps of a program of 200 operations', visited(200, long(200)), 400],
    ['the opening scenario, 20 free operations, 5 branches', played(40, 20, 5), 340],
    ['the opening scenario, 200 operations, nearly all free, 5 branches', played(200, 100, 5), 650],
  ])('%s', (_, session, most) => {
    const link = linkOf(viewOf(session), base);
    expect(session.nodes.length).toBeGreaterThan(40);
    expect(readFragment(link.slice(base.length + 1))).toEqual({ ok: true, value: viewOf(session) });
    expect(link.length).toBeLessThan(most);
  });

  test('steps of one kind take no room at all', () => {
    const program = long(400);
    const few = fragmentOf(viewOf(visited(2, program)));
    const many = fragmentOf(viewOf(visited(400, program)));
    expect(many.length - few.length).toBeLessThan(8);
  });
});

test('a link takes the place of what the address had for a fragment', () => {
  const given = viewOf(visited(1));
  expect(linkOf(given, 'https://example.org/a#v1.old')).toBe(`https://example.org/a#${fragmentOf(given)}`);
});

const good = fragmentOf(viewOf(visited(2)));
const jsonBytes = (value: unknown): readonly number[] => {
  const bytes: number[] = [];
  writeText(bytes, JSON.stringify(value));
  return bytes;
};
const form = folded(viewOf(visited(2)));
const packed = (change: Readonly<Record<string, Plain>>): string => framed(2, pack({ ...form, ...change }));
const program = form['program'] as Readonly<Record<string, Plain>>;

describe('what cannot be opened is told in one line', () => {
  const damaged = /^link: damaged, cut off or mistyped \(.+\): copy it again as a whole$/;
  test.each([
    ['nothing', '', /^link: not one of svmscope's/],
    ['a heading', 'usage', /^link: not one of svmscope's/],
    ['version 0', good.replace('v2', 'v0'), /^link: not one of svmscope's/],
    ['a link without its end', good.slice(0, -9), damaged],
    ['a link with a character less', good.slice(0, 20) + good.slice(21), damaged],
    ['a link with a mail program’s full stop', `${good}.`, damaged],
    ['a link in other letters', good.toLowerCase(), damaged],
    ['the version alone', 'v2.', damaged],
    ['the version mistyped', good.replace('v2', 'v1'), damaged],
    ['a newer version mistyped', good.replace('v2', 'v9'), damaged],
    ['content that is none', framed(2, [200, 200, 200]), damaged],
    ['content that goes on', framed(2, [...pack(form), 0]), damaged],
    ['content of another kind', framed(2, pack(['a', 'list'])), damaged],
    ['a history that is none', packed({ history: 'long' }), damaged],
    ['an endless history', packed({ history: [2 ** 50] }), damaged],
    ['no JSON', framed(1, [2, 123, 123]), damaged],
    [
      'a newer link',
      framed(9, [1, 2, 3]),
      /^link: made by a newer svmscope \(version 9\), this one reads 1 to 2: reload the page/,
    ],
    [
      'a program that breaks a rule',
      packed({ program: { ...program, guest: { efer: ['NOPE'] } } }),
      /^link: its run cannot be shown: guest\.efer\[0\]: unknown EFER bit "NOPE"/,
    ],
    [
      'a patch that is not known yet',
      packed({ kernels: ['7.0+v3'] }),
      /^link: its run cannot be shown: unknown patch "v3"/,
    ],
    [
      'an old link with such a program',
      framed(1, jsonBytes({ format: sessionFormat, program: { title: 'x' } })),
      /^link: its run cannot be shown: code: missing/,
    ],
    ['an old link that holds nothing', framed(1, jsonBytes(null)), /^link: its run cannot be shown/],
    ['a parent that comes later', packed({ history: [1, [9], 1] }), /a parent that comes before/],
    ['a cursor that stands nowhere', packed({ at: 99 }), /the cursor stands on a node/],
    ['a focus that is none', packed({ look: { ...firstLook, focus: 7 } as never }), /the focus is on one/],
  ])('%s', (_, fragment, line) => {
    expect(readFragment(fragment)).toEqual({ ok: false, error: expect.stringMatching(line) });
    expect(readFragment(fragment)).toEqual({ ok: false, error: expect.stringMatching(/^\P{C}{2,300}$/u) });
  });

  test('few bytes do not make a huge value', () => {
    // Lists of 110 times the list before, each named by its number.
    let value: readonly Plain[] = Array.from({ length: 110 }, () => 'x');
    for (let level = 0; level < 2; level += 1) value = Array.from({ length: 110 }, () => value);
    expect(pack(value).length).toBeLessThan(700);
    expect(readFragment(framed(2, pack(value)))).toEqual({
      ok: false,
      error: expect.stringMatching(/holds more than 1000000 parts/),
    });
    let deep: Plain = [];
    for (let level = 0; level < 40; level += 1) deep = [deep];
    expect(readFragment(framed(2, pack(deep)))).toEqual({
      ok: false,
      error: expect.stringMatching(/nested deeper/),
    });
  });
});

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.#%é';

/** A link as it comes out of a careless hand. */
function mutated(fragment: string, random: Random): string {
  const at = random.next(fragment.length);
  const letter = random.pick(Array.from(letters));
  return random.pick([
    () => fragment.slice(0, at) + letter + fragment.slice(at + 1),
    () => fragment.slice(0, at) + letter + fragment.slice(at),
    () => fragment.slice(0, at) + fragment.slice(at + 1 + random.next(9)),
    () => fragment.slice(0, at),
    () => fragment.slice(0, at) + fragment.slice(random.next(fragment.length)),
  ])();
}

describe('whatever comes in', () => {
  const links = [good, fragmentOf(viewOf(played(40, 20, 5))), framed(1, jsonBytes({ any: 'thing' }))];

  test('a damaged link is never taken for another', () => {
    const random = seededRandom(1);
    const tried = Array.from({ length: 2000 }, () => mutated(random.pick(links), random));
    const wrong = tried.filter((fragment) => !links.includes(fragment));
    expect(wrong.length).toBeGreaterThan(1900);
    expect(wrong.filter((fragment) => readFragment(fragment).ok)).toEqual([]);
  });

  test('content that nobody wrote is refused in one line, or is a session that keeps', () => {
    const random = seededRandom(2);
    const start = pack(form);
    const contents = Array.from({ length: 2000 }, () => {
      const bytes = Array.from({ length: random.next(80) }, () => random.next(256));
      // Half of them begin as good ones do.
      return random.next(2) ? bytes : [...start.slice(0, random.next(start.length)), ...bytes];
    });
    const opened = contents.map((content) => readFragment(framed(1 + random.next(2), content)));
    for (const view of opened) {
      const line = view.ok ? 'link: opened' : view.error;
      expect(line).toMatch(/^link: \P{C}{2,400}$/u);
      expect(view.ok ? readFragment(fragmentOf(view.value)) : view).toEqual(view);
    }
  });
});

test('a run that is too long for a link says so before it is copied', () => {
  const [first] = visited(0).nodes;
  const session = (length: number) => ({
    ...visited(0),
    nodes: Array.from({ length }, (_, id) =>
      id === 0 ? first! : { id, parent: id - 1, event: { kind: 'step' } as const },
    ),
  });
  expect(linkProblem(session(2000))).toBeUndefined();
  expect(readFragment(fragmentOf({ session: session(2000), look: firstLook })).ok).toBe(true);
  expect(linkProblem(session(2001))).toBe(
    'link: the run has 2001 operations, a link holds 2000: save the program as a file instead',
  );
});
