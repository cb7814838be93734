import { nextBranch } from '#session/branches.ts';
import type { Session } from '#session/session.ts';
import { microBack, microForward, stepBack, stepForward, toEnd } from '#session/steps.ts';

/** A dialog of the page. */
export type DialogName = 'scenarios' | 'kernels' | 'branch' | 'compare' | 'evidence' | 'settings' | 'keys';

/** What a key can do. */
export interface KeyActions {
  readonly update: (update: (session: Session) => Session) => void;
  readonly focus: (index: number) => void;
  readonly open: (dialog: DialogName) => void;
  readonly turnTheme: () => void;
  readonly search: () => void;
  readonly edit: () => void;
}

/** A key of the page: what is pressed, what it is called, what it does. Handler, hints and help sheet all read this. */
export interface KeyEntry {
  /** As `aria-keyshortcuts` has it. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly title: string;
  readonly group: 'Move' | 'Look' | 'Open';
  readonly run: (actions: KeyActions, pressed: string) => void;
}

export const keyTable = {
  step: {
    keys: ['ArrowRight'],
    shown: '→',
    title: 'Execute the next operation',
    group: 'Move',
    run: ({ update }) => update(stepForward),
  },
  back: {
    keys: ['ArrowLeft'],
    shown: '←',
    title: 'Back one operation',
    group: 'Move',
    run: ({ update }) => update(stepBack),
  },
  nodeForward: {
    keys: ['Shift+ArrowRight'],
    shown: 'Shift →',
    title: 'On by one node of KVM code',
    group: 'Move',
    run: ({ update }) => update(microForward),
  },
  nodeBack: {
    keys: ['Shift+ArrowLeft'],
    shown: 'Shift ←',
    title: 'Back by one node of KVM code',
    group: 'Move',
    run: ({ update }) => update(microBack),
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
  branch: {
    keys: ['b'],
    shown: 'b',
    title: 'To the end of the next branch',
    group: 'Move',
    run: ({ update }) => update(nextBranch),
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
    run: ({ turnTheme }) => turnTheme(),
  },
  search: {
    keys: ['/'],
    shown: '/',
    title: 'Search the intercepts',
    group: 'Look',
    run: ({ search }) => search(),
  },
  edit: {
    keys: ['e'],
    shown: 'e',
    title: 'Edit the program',
    group: 'Open',
    run: ({ edit }) => edit(),
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
  evidence: {
    keys: ['v'],
    shown: 'v',
    title: 'Every recorded case: does the model do what real kernels did?',
    group: 'Open',
    run: ({ open }) => open('evidence'),
  },
  settings: {
    keys: ['o'],
    shown: 'o',
    title: 'Settings: theme, text, motion, keys',
    group: 'Open',
    run: ({ open }) => open('settings'),
  },
  sheet: {
    keys: ['?'],
    shown: '?',
    title: 'All keys',
    group: 'Open',
    run: ({ open }) => open('keys'),
  },
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
