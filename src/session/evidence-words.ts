import type { Evidence } from './evidence.ts';

/** What recordings say of a step, in a few words. */
export function evidenceWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'recorded': {
      const { agrees, release } = evidence.recording;
      return `${agrees ? 'as' : 'not as'} recorded on ${release}`;
    }
    case 'other-state':
      return 'no recording of this operation in this state';
    case 'other-kernel':
      return 'not recorded: no recording of this kernel';
  }
}
