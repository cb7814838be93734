import { nextBranch } from '#session/branches.ts';
import type { PageLook } from '#session/page-look.ts';
import { toggleBlank, togglePredict, togglePresenting } from '#session/presenting.ts';
import type { Session } from '#session/session.ts';
import { microBack, microForward, stepBack, stepForward, toEnd } from '#session/steps.ts';
import { recordingKeys, type RecordingActions } from './recording-keys.ts';

/** A dialog of the page. */
export type DialogName =
  | 'overview'
  | 'scenarios'
  | 'kernels'
  | 'branch'
  | 'compare'
  | 'share'
  | 'evidence'
  | 'link'
  | 'settings'
  | 'open'
  | 'keys';

/** What a key can do. */
export interface KeyActions extends RecordingActions {
  readonly update: (update: (session: Session) => Session) => void;
  /** Move on or back, as on a stage: a question may come before the answer. */
  readonly move: (move: (session: Session) => Session) => void;
  readonly look: (change: (look: PageLook) => PageLook) => void;
  readonly openPresenter: () => void;
  readonly fullScreen: () => void;
  readonly focus: (index: number) => void;
  readonly open: (dialog: DialogName) => void;
  readonly turnTheme: () => void;
  readonly search: () => void;
  readonly edit: () => void;
  readonly stop: (to: 'next' | 'previous') => void;
  readonly notes: () => void;
  readonly copyLink: () => void;
}

export const keyGroups = ['Move', 'Present', 'Look', 'Open', 'Recording'] as const;
type KeyGroup = (typeof keyGroups)[number];

/** A key of the page: what is pressed, what it is called, what it does. Handler, hints and help sheet all read this. */
export interface KeyEntry {
  /** As `aria-keyshortcuts` has it. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly title: string;
  readonly group: KeyGroup;
  /** Where a recording is shown it works too, or only there; absent: it belongs to the run. */
  readonly inRecording?: 'too' | 'only';
  readonly run: (actions: KeyActions, pressed: string) => void;
}

export const keyTable = {
  step: {
    keys: ['ArrowRight'],
    shown: '→',
    title: 'Execute the next operation',
    group: 'Move',
    run: ({ move }) => move(stepForward),
  },
  back: {
    keys: ['ArrowLeft'],
    shown: '←',
    title: 'Back one operation',
    group: 'Move',
    run: ({ move }) => move(stepBack),
  },
  nodeForward: {
    keys: ['Shift+ArrowRight'],
    shown: 'Shift →',
    title: 'On by one node of KVM code',
    group: 'Move',
    run: ({ move }) => move(microForward),
  },
  nodeBack: {
    keys: ['Shift+ArrowLeft'],
    shown: 'Shift ←',
    title: 'Back by one node of KVM code',
    group: 'Move',
    run: ({ move }) => move(microBack),
  },
  start: {
    keys: ['Home'],
    shown: 'Home',
    title: 'To the start of the run',
    group: 'Move',
    run: ({ update }) => update((session) => toEnd(session, 'start')),
  },
  end: {
    keys: ['End'],
    shown: 'End',
    title: 'To the end of the run, as far as it has gone',
    group: 'Move',
    run: ({ update }) => update((session) => toEnd(session, 'end')),
  },
  nextStop: {
    keys: ['PageDown'],
    shown: 'PgDn',
    title: 'Next stop of the talk',
    group: 'Move',
    run: ({ stop }) => stop('next'),
  },
  previousStop: {
    keys: ['PageUp'],
    shown: 'PgUp',
    title: 'Previous stop of the talk, or back to the stop from a way of your own',
    group: 'Move',
    run: ({ stop }) => stop('previous'),
  },
  branch: {
    keys: ['b'],
    shown: 'b',
    title: 'To the end of the next branch',
    group: 'Move',
    run: ({ update }) => update(nextBranch),
  },
  present: {
    keys: ['p'],
    shown: 'p',
    title: 'Present: the stage, or the page again',
    group: 'Present',
    run: ({ look }) => look(togglePresenting),
  },
  presenter: {
    keys: ['w'],
    shown: 'w',
    title: 'Open a window for the presenter; this one shows the stage',
    group: 'Present',
    run: ({ openPresenter }) => openPresenter(),
  },
  blank: {
    keys: ['.'],
    shown: '.',
    title: 'Blank the stage, or show it again',
    group: 'Present',
    run: ({ look }) => look(toggleBlank),
  },
  predict: {
    keys: ['q'],
    shown: 'q',
    title: 'Ask the audience before each outcome, or no longer',
    group: 'Present',
    run: ({ look }) => look(togglePredict),
  },
  overview: {
    keys: ['g'],
    shown: 'g',
    title: 'Overview: go to a stop or a step',
    group: 'Present',
    run: ({ open }) => open('overview'),
  },
  fullscreen: {
    keys: ['f'],
    shown: 'f',
    title: 'Fill the screen, or no longer',
    group: 'Present',
    inRecording: 'too',
    run: ({ fullScreen }) => fullScreen(),
  },
  name: {
    keys: ['n'],
    shown: 'n',
    title: 'Name this branch',
    group: 'Open',
    run: ({ open }) => open('branch'),
  },
  focus: {
    keys: ['1', '2', '3', '4'],
    shown: '1 … 4',
    title: 'Show the state of that kernel',
    group: 'Look',
    run: ({ focus }, pressed) => focus(Number(pressed) - 1),
  },
  theme: {
    keys: ['t'],
    shown: 't',
    title: 'Next theme: system, light, dark, high contrast, projector',
    group: 'Look',
    inRecording: 'too',
    run: ({ turnTheme }) => turnTheme(),
  },
  search: {
    keys: ['/'],
    shown: '/',
    title: 'Search the intercepts, or the events of a recording',
    group: 'Look',
    inRecording: 'too',
    run: ({ search }) => search(),
  },
  edit: {
    keys: ['e'],
    shown: 'e',
    title: 'Edit the program',
    group: 'Open',
    run: ({ edit }) => edit(),
  },
  notes: {
    keys: ['m'],
    shown: 'm',
    title: 'Write notes for a talk',
    group: 'Open',
    run: ({ notes }) => notes(),
  },
  open: {
    keys: ['u'],
    shown: 'u',
    title: 'Open a file: program, recording, patch, kernel source',
    group: 'Open',
    inRecording: 'too',
    run: ({ open }) => open('open'),
  },
  scenarios: {
    keys: ['s'],
    shown: 's',
    title: 'Choose a scenario',
    group: 'Open',
    run: ({ open }) => open('scenarios'),
  },
  kernels: {
    keys: ['k'],
    shown: 'k',
    title: 'Choose the kernels',
    group: 'Open',
    run: ({ open }) => open('kernels'),
  },
  compare: {
    keys: ['c'],
    shown: 'c',
    title: 'Compare kernels in every state, and check the invariants',
    group: 'Open',
    run: ({ open }) => open('compare'),
  },
  share: {
    keys: ['x'],
    shown: 'x',
    title: 'Share: a mail to the list, Markdown, the report, the program',
    group: 'Open',
    run: ({ open }) => open('share'),
  },
  evidence: {
    keys: ['v'],
    shown: 'v',
    title: 'Every recorded case: does the model do what real kernels did?',
    group: 'Open',
    inRecording: 'too',
    run: ({ open }) => open('evidence'),
  },
  link: {
    keys: ['l'],
    shown: 'l',
    title: 'Copy a link to the whole run as it is shown',
    group: 'Open',
    run: ({ copyLink }) => copyLink(),
  },
  settings: {
    keys: ['o'],
    shown: 'o',
    title: 'Settings: theme, text, motion, keys',
    group: 'Open',
    inRecording: 'too',
    run: ({ open }) => open('settings'),
  },
  sheet: {
    keys: ['?'],
    shown: '?',
    title: 'All keys',
    group: 'Open',
    inRecording: 'too',
    run: ({ open }) => open('keys'),
  },
  ...recordingKeys,
} as const satisfies Record<string, KeyEntry>;

export type KeyName = keyof typeof keyTable;

export const keyEntries: readonly KeyEntry[] = Object.values(keyTable);

/** The keys of a control, as `aria-keyshortcuts` wants them. */
export function shortcutsOf(name: KeyName): string {
  return keyTable[name].keys.join(' ');
}

/** The name of what was pressed: a character as such, another key with Shift before it where that is held. */
export function pressedKey({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }): string {
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** The entry for a pressed key. */
export function entryFor(pressed: string): KeyEntry | undefined {
  return keyEntries.find(({ keys }) => keys.includes(pressed));
}
