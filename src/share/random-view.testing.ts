import fc from 'fast-check';

import { kernel } from '#kvm/kernels.ts';
import { anyCodeOp, anyProgram, anyUserspaceOp } from '#program/arbitrary.testing.ts';
import { anyStory } from '#program/random-program.testing.ts';
import { panelNames, type Stop, type TalkChoice } from '#program/talk.ts';
import { hostOptionNames, type Program } from '#program/types.ts';
import { microSteps } from '#session/derive.ts';
import { densities, type PageLook, type PageView } from '#session/page-look.ts';
import { append, changeSetup, moveTo, nameBranch, startSession, type Session } from '#session/session.ts';
import { stepBack } from '#session/steps.ts';

/** Views at random: programs of every form, branches, free operations, setups, names, talks, looks. */

const anyKernels = fc
  .uniqueArray(
    fc.constantFrom('7.0', '7.1', '7.0+v1', '7.0+v2', '7.0+hook', '6.12', '6.12+merged', '7.0+gif+v1'),
    { minLength: 1, maxLength: 4 },
  )
  .filter((ids) => ids.every((id) => kernel(id).ok));

type Move = (session: Session) => Session;

const here = (session: Session, event: Parameters<typeof append>[2]): Session =>
  append(session, session.cursor.node, event);

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Move>((session) => here(session, { kind: 'step' })) },
  { weight: 2, arbitrary: fc.constant<Move>(stepBack) },
  {
    weight: 3,
    arbitrary: fc
      .oneof(anyCodeOp('smm'), anyCodeOp('l1'), anyUserspaceOp)
      .map((op) => (session: Session) => here(session, { kind: 'do', op })),
  },
  fc.nat().map((at) => (session: Session) => moveTo(session, { node: at % session.nodes.length })),
  fc.tuple(fc.constantFrom(...hostOptionNames), fc.boolean()).map(
    ([name, on]) =>
      (session: Session) =>
        changeSetup(session, { host: { [name]: on } }),
  ),
  fc
    .string({ unit: 'binary', maxLength: 12 })
    .map((name) => (session: Session) => nameBranch(session, session.cursor.node, name)),
);

/** Where it stands: some way into the event, if it has a way. */
const within = (session: Session, share: number): Session => {
  const { node } = session.cursor;
  const micro = Math.floor(share * microSteps(session, node));
  return micro === 0 ? session : { ...session, cursor: { node, micro } };
};

const anyStop: fc.Arbitrary<Stop> = fc.record(
  {
    at: fc.nat(1000),
    text: fc.string({ unit: 'binary', maxLength: 40 }),
    title: fc.string({ maxLength: 20 }),
    scenario: fc.constant('l2-clears-svme'),
    kernels: anyKernels,
    show: fc.shuffledSubarray([...panelNames]),
    source: fc.record(
      { author: fc.string(), date: fc.constant('2025-10-30'), messageId: fc.string() },
      { requiredKeys: ['author', 'date'] },
    ),
    about: fc.oneof(
      fc.record({ kind: fc.constant('function'), fn: fc.string() }),
      fc.record({ kind: fc.constant('test'), fn: fc.string(), test: fc.string() }),
      fc.constant({ kind: 'invariant', id: 'I1' } as const),
    ),
  },
  { requiredKeys: ['at', 'text'] },
);

const anyTalk: fc.Arbitrary<TalkChoice | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant('tour'), id: fc.string() }),
  fc.record({
    kind: fc.constant('own'),
    talk: fc.record({ title: fc.string(), stops: fc.array(anyStop, { maxLength: 4 }) }),
  }),
);

const anyLook: fc.Arbitrary<PageLook> = fc.record({
  focus: fc.nat(3),
  tab: fc.constantFrom(...panelNames),
  density: fc.constantFrom(...densities),
  presenting: fc.option(
    fc.record({
      panels: fc.option(fc.shuffledSubarray([...panelNames]), { nil: undefined }),
      blank: fc.boolean(),
      predict: fc.boolean(),
      covered: fc.boolean(),
    }),
    { nil: undefined },
  ),
});

const anyProgramAtAll: fc.Arbitrary<Program> = fc.oneof(anyStory, anyProgram);

export const anyView: fc.Arbitrary<PageView> = fc
  .record({
    program: anyProgramAtAll,
    kernels: anyKernels,
    scenario: fc.option(fc.constantFrom('l2-clears-svme', 'no-longer-there'), { nil: undefined }),
    moves: fc.array(anyMove, { maxLength: 25 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    talk: anyTalk,
    stop: fc.nat(9),
    look: anyLook,
  })
  .map(({ program, kernels, scenario, moves, share, talk, stop, look }) => {
    const moved = moves.reduce((session, move) => move(session), startSession(program, kernels, scenario));
    const session = { ...within(moved, share), talk, stop };
    return { session, look: { ...look, focus: Math.min(look.focus, kernels.length - 1) } };
  });
