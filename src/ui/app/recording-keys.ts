/** A way through the events of a recording: what to go to, and which way. */
export interface RecordingMove {
  readonly to: 'match' | 'nested' | 'efer' | 'gap';
  readonly direction: 1 | -1;
}

/** What keys can do to a recording. */
export interface RecordingActions {
  /** Go through the recording that is shown. */
  readonly goThrough: (move: RecordingMove) => void;
  /** From the recording to the run behind it, or back. */
  readonly turnRecording: () => void;
}

/** A key to the next place of a kind, and with Shift to the one before. */
const placeKey = (key: string, to: RecordingMove['to'], what: string) =>
  ({
    keys: [key, key.toUpperCase()],
    shown: `${key} ${key.toUpperCase()}`,
    title: `Next ${what}; with Shift the one before`,
    group: 'Recording',
    inRecording: 'only',
    run: ({ goThrough }: RecordingActions, pressed: string) =>
      goThrough({ to, direction: pressed === key ? 1 : -1 }),
  }) as const;

/** What moves through a recording; most other keys of the page move through the run. */
export const recordingKeys = {
  match: placeKey('d', 'match', 'match of the search'),
  nested: placeKey('j', 'nested', 'change between L1 and L2'),
  efer: placeKey('r', 'efer', 'write of EFER'),
  gap: placeKey('h', 'gap', 'place where events are missing'),
  turnRecording: {
    keys: ['Escape'],
    shown: 'Esc',
    title: 'To the run behind the recording',
    group: 'Recording',
    inRecording: 'only',
    run: ({ turnRecording }: RecordingActions) => turnRecording(),
  },
} as const;
