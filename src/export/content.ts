import { patchLinks } from '#kvm/links.ts';
import type { Patch } from '#kvm/patch.ts';
import { invariants } from '#program/invariants.ts';
import { formatOp } from '#program/notation.ts';
import { defaults, type Program } from '#program/types.ts';
import { comparisons } from '#session/code-partings.ts';
import { codeView, type CodeColumn } from '#session/code-view.ts';
import { viewsAt, type View } from '#session/derive.ts';
import { evidenceWords } from '#session/evidence-words.ts';
import { listingOf, type ListName } from '#session/listing.ts';
import { normalised, nodeOf, trunkTo } from '#session/session.ts';
import { setupWords } from '#session/setup-words.ts';
import { summaryOf } from '#session/summary.ts';
import { programNow } from '#session/what-if.ts';
import { goesOnWords, outcomeWords, stateFlags } from '#session/words.ts';
import { labelOf } from '#session/possible.ts';
import { typed, type Block, type Document } from './document.ts';
import { lanesDrawing } from './lanes-drawing.ts';
import { pathDrawing } from './path-drawing.ts';
import type { Subject } from './subject.ts';

/** What a text about a run says, whatever the form: first where the kernels part, last where to read more. */
export function documentOf(subject: Subject): Document {
  const { session, link } = subject;
  const views = viewsAt(session);
  return {
    title: typed(session.program.title),
    blocks: [
      ...answer(subject, views),
      ...outcomes(subject, views),
      ...program(subject),
      ...run(subject),
      ...path(subject, views),
      ...patches(views),
      ...where(link),
    ],
  };
}

/** Where the run opens. */
function where(link: string | undefined): readonly Block[] {
  if (link === undefined) return [];
  return [
    { kind: 'heading', text: 'Link' },
    { kind: 'link', label: 'this run, as it is shown', href: link },
  ];
}

const moved = (views: readonly View[]): boolean => views.some(({ derived }) => derived.made);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The operation at the cursor, and where the kernels part in it. */
function answer({ session, focus }: Subject, views: readonly View[]): readonly Block[] {
  const { title } = summaryOf(session, views);
  const made = trunkTo(session, session.cursor.node).length - 1;
  const all = listed(session.kernels);
  if (nodeOf(session, session.cursor.node).event.kind === 'setup')
    return [{ kind: 'prose', text: `On ${all}. Nothing has run yet.` }];
  const compared = comparisons(codeView(views), focus);
  const sentences = [...new Set(compared.map(({ words }) => words))];
  return [
    { kind: 'prose', text: `${title} (step ${made}) on ${all}.` },
    ...(sentences.length > 1
      ? [{ kind: 'list', items: sentences } as const]
      : sentences.map((text) => ({ kind: 'prose', text }) as const)),
  ];
}

/** What came of the operation on each kernel, which promises it breaks, and who says so. */
function outcomes(subject: Subject, views: readonly View[]): readonly Block[] {
  if (!moved(views) && views.every(({ derived }) => derived.idle === undefined)) return [];
  const title = summaryOf(subject.session, views).title;
  const items = [...further(views), ...broken(views), ...evidence(subject, views)];
  return [
    { kind: 'heading', text: 'What came of it' },
    {
      kind: 'table',
      head: ['kernel', 'outcome', 'state after'],
      rows: views.map((view) => outcomeRow(view, title)),
      code: false,
    },
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
  ];
}

function outcomeRow({ kernel, derived: { made, idle } }: View, title: string): readonly string[] {
  if (!made) return [kernel, `does not move: ${idle ?? ''}`, 'as before'];
  const { op, actor, outcome, after } = made.step;
  const action = `${labelOf(op)} by ${actor}`;
  const next = after.next
    ? `next ${after.next.code}${after.next.code === after.next.context ? '' : ` as ${after.next.context}`}`
    : 'next nothing';
  return [
    kernel,
    `${action === title ? '' : `${action}: `}${outcomeWords(outcome)}`,
    [...stateFlags(after), next].join(', '),
  ];
}

/** The same said of several kernels, once: with whose it is. */
function together(said: readonly (readonly [string, string])[]): readonly string[] {
  const kernels = new Map<string, string[]>();
  for (const [words, kernel] of said) kernels.set(words, [...(kernels.get(words) ?? []), kernel]);
  return [...kernels].map(([words, ids]) => `${ids.join(', ')}: ${words}`);
}

function further(views: readonly View[]): readonly string[] {
  return together(
    views.flatMap(({ kernel, derived: { made } }) => {
      const words = made && goesOnWords(made);
      return words === undefined ? [] : [[words, kernel] as const];
    }),
  );
}

function broken(views: readonly View[]): readonly string[] {
  return together(
    views.flatMap(({ kernel, derived: { made } }) =>
      invariants
        .filter(({ id }) => made?.violations.includes(id))
        .map(({ id, statement }) => [`breaks ${id}: ${statement}.`, kernel] as const),
    ),
  );
}

function evidence({ evidence: found }: Subject, views: readonly View[]): readonly string[] {
  return together(
    views.flatMap(({ kernel, derived: { made } }) => {
      if (!made) return [];
      const known = found.get(kernel);
      const words = known ? evidenceWords(known) : 'not held against recordings';
      return [[known?.kind === 'recorded' ? `${words}.` : `DERIVED, ${words}.`, kernel] as const];
    }),
  );
}

const columnTitles: Readonly<Record<ListName, string>> = {
  l1: 'L1',
  l2: 'L2',
  smm: 'SMM',
  userspace: 'userspace',
};

/** The operations as the run has left them, and what is not as a program that says nothing. */
function program({ session, focus }: Subject): readonly Block[] {
  const listing = listingOf(session, session.kernels[focus] ?? session.kernels[0]!);
  const now = programNow(session);
  const usual = JSON.stringify(listing.smm.map(({ op }) => op)) === JSON.stringify(defaults.smm);
  const lists = (['l1', 'l2', 'smm', 'userspace'] as const).filter(
    (list) => listing[list].length > 0 && !(list === 'smm' && usual),
  );
  const height = Math.max(0, ...lists.map((list) => listing[list].length));
  const rows = Array.from({ length: height }, (_, at) =>
    lists.map((list) => {
      const row = listing[list][at];
      return row ? `${row.inserted ? '+ ' : ''}${formatOp(row.op)}` : '';
    }),
  );
  const inserted = lists.some((list) => listing[list].some((row) => row.inserted));
  return [
    { kind: 'heading', text: 'Program' },
    { kind: 'table', head: lists.map((list) => columnTitles[list]), rows, code: true },
    {
      kind: 'list',
      items: [
        ...(inserted ? ['+ is not part of the program: it was done in this run.'] : []),
        ...settings(now),
      ],
    },
  ];
}

function settings(now: Program): readonly string[] {
  const { intercepts, ...vmcb12 } = now.vmcb12;
  const usual: Program = { ...now, ...defaults };
  const setup = normalised(usual, { host: now.host, guest: now.guest, vmcb12 });
  const others = setupWords(setup, usual);
  return [
    `L1 intercepts ${intercepts.join(' ') || 'nothing'}.`,
    ...(others.length === 0 ? [] : [`Other than the defaults: ${others.join(', ')}.`]),
  ];
}

function run(subject: Subject): readonly Block[] {
  const { lines, corrupt } = lanesDrawing(subject);
  if (lines.length === 0) return [];
  const heading = subject.choices.run === 'whole' ? 'The run so far' : 'The operation';
  return [
    { kind: 'heading', text: heading },
    { kind: 'drawing', lines },
    ...(corrupt
      ? [{ kind: 'list', items: ["! is L2's code or registers in the context of L1."] } as const]
      : []),
  ];
}

function path({ session, focus, choices }: Subject, views: readonly View[]): readonly Block[] {
  const view = codeView(views);
  const entered = view.columns.some(({ made }) => made && made.calls.length > 0);
  if (!choices.path || !entered) return [];
  const { lines, letters, shown, all } = pathDrawing(view, comparisons(view, focus));
  return [
    { kind: 'heading', text: `Call path of ${summaryOf(session, views).title}` },
    {
      kind: 'list',
      items: [
        ...(letters.length === 0 ? [] : [`${letters.join(', ')}.`]),
        'T, F: how a test came out. * ran, . did not, - is not in this kernel. [+ID], [-ID]: patch ID adds it, takes it away.',
        `Trimmed: ${shown} lines of ${all} that ran.`,
      ],
    },
    { kind: 'drawing', lines },
  ];
}

const patchesOf = (columns: readonly CodeColumn[]): readonly Patch[] => [
  ...new Set(columns.flatMap(({ kernel }) => kernel.patches)),
];

/** The patches of the kernels, as a commit message names them. */
function patches(views: readonly View[]): readonly Block[] {
  const involved = patchesOf(codeView(views).columns);
  if (involved.length === 0) return [];
  return [
    { kind: 'heading', text: 'Patches' },
    ...involved.map((patch): Block => {
      const { id, commit, subject, author, date, status } = patch;
      const name =
        commit === undefined ? `"${subject}", ${author}, ${date}, ${status}` : `${commit} ("${subject}")`;
      return { kind: 'link', label: `${id}: ${name}`, href: patchLinks(patch)[0]!.href };
    }),
  ];
}
