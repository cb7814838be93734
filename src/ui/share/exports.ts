import { fail, ok, type Result } from '#base/result.ts';
import { loadRecordings } from '#browser/recordings.ts';
import { workInSlices } from '#browser/slices.ts';
import { markdownText } from '#export/markdown.ts';
import { mermaidOf } from '#export/mermaid.ts';
import { replyText } from '#export/reply.ts';
import { scxmlOf } from '#export/scxml.ts';
import { selftestDraft } from '#export/selftest/draft.ts';
import type { Choices, Subject } from '#export/subject.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { programToText } from '#program/format.ts';
import { derivedAt, viewAt, viewsAt } from '#session/derive.ts';
import { evidenceOf, knownEvidence, type Evidence } from '#session/evidence.ts';
import { reportAt } from '#session/run-report.ts';
import { nodeOf, type Session } from '#session/session.ts';
import { linkProblem } from '#share/link.ts';
import { programOfRun } from '#session/written-program.ts';
import { fileNameOf } from '../editor/draft.ts';
import { pictureOf, type PictureKind } from '../pictures/pictures.tsx';

/** What can be chosen about exports. */
export interface ShareChoices extends Choices {
  /** Pictures in the colours for paper and mail, whatever the page's are. */
  readonly light: boolean;
  /** Of the code only where kernels differ. */
  readonly differences: boolean;
}

/** What an export is made of. */
export interface ExportContext {
  readonly session: Session;
  /** The kernel that single-kernel panels show. */
  readonly focus: number;
  /** The address at which the run opens. */
  readonly link: string | undefined;
  readonly choices: ShareChoices;
  /** Stops what takes long. */
  readonly signal: AbortSignal;
}

/** A picture, as an SVG that stands alone. */
export interface ExportedPicture {
  readonly kind: 'picture';
  readonly svg: string;
  /** A file name without its ending. */
  readonly name: string;
}

/** What the browser prints. */
interface ExportedHandout {
  readonly kind: 'handout';
}

export type Exported = ExportedText | ExportedPicture | ExportedHandout;

/** A text as it is shown, copied and saved. */
export interface ExportedText {
  readonly kind: 'text';
  readonly text: string;
  readonly fileName: string;
  readonly mime: string;
}

/** The groups of the list, in its order. */
export const exportGroups = ['Text', 'Files', 'Pictures'] as const;

/** One way to hand on what the page shows. */
export interface ExportEntry {
  readonly id: string;
  readonly group: (typeof exportGroups)[number];
  readonly title: string;
  /** What it is, and what for. */
  readonly about: string;
  /** What can be chosen about it. */
  readonly choices: readonly (keyof ShareChoices)[];
  /** The export, or in a sentence why there is none. */
  readonly make: (context: ExportContext) => Promise<Result<Exported, string>>;
}

const focused = ({ session, focus }: ExportContext): string => session.kernels[focus] ?? session.kernels[0]!;

/** A file name without its ending, from the title of the program. */
const nameOf = ({ session }: ExportContext): string =>
  fileNameOf(session.program.title).replace(/\.json$/, '');

/** What recordings say of the operation at the cursor, by kernel; nothing, where they cannot be loaded. */
async function evidenceAt({ session, signal }: ExportContext): Promise<Subject['evidence']> {
  const found = new Map<string, Evidence>();
  const recordings = await loadRecordings().catch(() => undefined);
  if (!recordings) return found;
  for (const kernel of session.kernels) {
    const { made } = derivedAt(session, session.cursor.node, kernel);
    if (!made) continue;
    const evidence =
      knownEvidence(made) ??
      // oxlint-disable-next-line eslint/no-await-in-loop -- all work on the page's one thread.
      (await workInSlices(evidenceOf(recordings, made), signal));
    if (evidence) found.set(kernel, evidence);
  }
  return found;
}

const subjectOf = async (context: ExportContext): Promise<Subject> => ({
  ...context,
  evidence: await evidenceAt(context),
});

const text = (
  context: ExportContext,
  ending: string,
  mime: string,
  content: string,
): Result<Exported, string> =>
  ok({ kind: 'text', text: content, fileName: `${nameOf(context)}.${ending}`, mime });

const snapshotOf = (context: ExportContext): VcpuSnapshot =>
  viewAt(context.session, focused(context)).snapshot;

/** An entry for one of the page's drawings. */
const picture = (
  kind: PictureKind,
  title: string,
  about: string,
  choices: ExportEntry['choices'],
): ExportEntry => ({
  id: kind,
  group: 'Pictures',
  title,
  about: `${about} As SVG it refers to nothing outside itself; as PNG it has two pixels for one.`,
  choices,
  make: async (context) => {
    const { session, focus, choices: chosen } = context;
    const svg = await pictureOf(kind, chosen.light ? 'light' : 'shown', {
      session,
      views: viewsAt(session),
      focus,
      density: chosen.differences ? 'differences' : 'decisions',
    });
    return ok({ kind: 'picture', svg, name: `${nameOf(context)}.${kind}` });
  },
});

/** Every export, in the order of the list. A further one is an entry here. */
export const exportTable: readonly ExportEntry[] = [
  {
    id: 'link',
    group: 'Text',
    title: 'Link',
    about:
      'The whole run: program, kernels, branches, where you stand, notes. It is all behind the #, which browsers do not send.',
    choices: [],
    make: async (context) =>
      context.link === undefined
        ? fail(linkProblem(context.session) ?? 'There is no link.')
        : text(context, 'link.txt', 'text/plain', context.link),
  },
  {
    id: 'reply',
    group: 'Text',
    title: 'Copy as reply',
    about:
      'The operation at the cursor for a mail to the list: plain ASCII, at most 72 columns, to be quoted.',
    choices: ['path', 'run'],
    make: async (context) => text(context, 'txt', 'text/plain', replyText(await subjectOf(context))),
  },
  {
    id: 'markdown',
    group: 'Text',
    title: 'Markdown',
    about: 'The same with headings, tables and code blocks, for a forge or a wiki.',
    choices: ['path', 'run'],
    make: async (context) => text(context, 'md', 'text/markdown', markdownText(await subjectOf(context))),
  },
  {
    id: 'report',
    group: 'Files',
    title: 'JSON report',
    about:
      'svmscope/report@1 of each kernel: every step up to the cursor with path, tests, outcome and state.',
    choices: [],
    make: async (context) => {
      const { session } = context;
      if (nodeOf(session, session.cursor.node).event.kind === 'setup')
        return fail('Nothing has run yet: a report has at least one step.');
      const reports = session.kernels.map((kernel) => reportAt(session, kernel));
      return text(context, 'report.json', 'application/json', `${JSON.stringify(reports, null, 2)}\n`);
    },
  },
  {
    id: 'program',
    group: 'Files',
    title: 'Program',
    about:
      'svmscope/program@1: the program with every switch as it is turned, and what was done freely on the kernel in focus. Runs in the headless command, and opens here when it is dropped on the page.',
    choices: [],
    make: async (context) => {
      const program = programOfRun(context.session, focused(context));
      return program.ok ? text(context, 'json', 'application/json', programToText(program.value)) : program;
    },
  },
  {
    id: 'selftest',
    group: 'Files',
    title: 'Selftest draft',
    about:
      'A draft of a KVM selftest in C: it asserts what the report says of the kernel in focus. It names what a selftest cannot do of this run.',
    choices: [],
    make: async (context) => {
      const { session } = context;
      const program = programOfRun(session, focused(context));
      if (!program.ok) return program;
      const { kernel } = derivedAt(session, session.cursor.node, focused(context)).state;
      const draft = selftestDraft({ program: program.value, kernel });
      return draft.ok
        ? ok({ kind: 'text', text: draft.value.text, fileName: draft.value.fileName, mime: 'text/x-c' })
        : draft;
    },
  },
  {
    id: 'mermaid',
    group: 'Files',
    title: 'Mermaid',
    about: 'The chart as a state diagram for Markdown, the states of the kernel in focus marked.',
    choices: [],
    make: async (context) => text(context, 'mmd', 'text/plain', mermaidOf(snapshotOf(context))),
  },
  {
    id: 'scxml',
    group: 'Files',
    title: 'SCXML',
    about:
      'The chart as a state machine that other tools run, from the states of the kernel in focus on: W3C SCXML with the ECMAScript data model.',
    choices: [],
    make: async (context) => text(context, 'scxml', 'application/scxml+xml', scxmlOf(snapshotOf(context))),
  },
  picture('chart', 'Chart', 'The chart as the kernel in focus has it.', ['light']),
  picture('lanes', 'Lanes', 'The run on the kernel in focus.', ['light']),
  picture('code', 'Code comparison', 'The operation at the cursor, kernel beside kernel.', [
    'light',
    'differences',
  ]),
  {
    id: 'handout',
    group: 'Pictures',
    title: 'Handout',
    about:
      'Claim, program, chart, lanes, where the kernels part and the code, on paper or as PDF. Printing the page gives the same.',
    choices: [],
    make: async () => ok({ kind: 'handout' }),
  },
];
