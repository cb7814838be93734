/** How a current state is drawn: each party in its hue, everything else in the colour of the text. */

export interface Tone {
  readonly box: string;
  readonly text: string;
  readonly mark: string;
}

const tones = {
  userspace: {
    box: 'fill-userspace-ground stroke-userspace',
    text: 'fill-userspace',
    mark: 'fill-userspace stroke-userspace',
  },
  kvm: { box: 'fill-kvm-ground stroke-kvm', text: 'fill-kvm', mark: 'fill-kvm stroke-kvm' },
  l1: { box: 'fill-l1-ground stroke-l1', text: 'fill-l1', mark: 'fill-l1 stroke-l1' },
  l2: { box: 'fill-l2-ground stroke-l2', text: 'fill-l2', mark: 'fill-l2 stroke-l2' },
  smm: { box: 'fill-raised stroke-smm', text: 'fill-smm', mark: 'fill-smm stroke-smm' },
  none: { box: 'fill-raised stroke-ink-2', text: 'fill-ink', mark: 'fill-ink stroke-ink' },
} as const satisfies Record<string, Tone>;

const parties: Readonly<Record<string, keyof typeof tones>> = {
  'run.kvm': 'kvm',
  'run.halted': 'kvm',
  'run.userspace': 'userspace',
  'run.shutdown': 'userspace',
  'guestMode.l1': 'l1',
  'guestMode.l2': 'l2',
  'vmcb.vmcb01': 'l1',
  'vmcb.vmcb02': 'l2',
  'smm.inside': 'smm',
};

/** The tone of a state; that of the running guest is the tone of whoever runs, if that is known. */
export function toneOf(region: string, state: string, guest: 'L1' | 'L2' | 'SMM' | undefined): Tone {
  if (region === 'run' && state === 'guest' && guest !== undefined)
    return tones[({ L1: 'l1', L2: 'l2', SMM: 'smm' } as const)[guest]];
  return tones[parties[`${region}.${state}`] ?? 'none'];
}
