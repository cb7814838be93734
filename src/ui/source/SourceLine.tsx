import { memo } from 'react';

import type { Piece } from '#source/c/highlight.ts';
import type { LineState, LitLine } from '#source/c/lit.ts';
import type { TieHow } from '#source/c/tie.ts';
import { Pieces } from './Pieces.tsx';

interface Props {
  readonly id: string;
  readonly line: number;
  readonly pieces: readonly Piece[];
  readonly lit: LitLine | undefined;
  /** It stands in a branch that was not taken. */
  readonly dead: boolean;
  /** The chosen hunk of a patch ties to it. */
  readonly hunk: boolean;
}

const grounds: Readonly<Record<LineState, string>> = {
  ran: 'bg-kvm-ground border-kvm',
  here: 'bg-accent-ground border-accent',
  later: 'border-line-strong border-dotted',
};

const said: Readonly<Record<LineState, string>> = { ran: 'ran', here: 'here', later: 'to come' };
const doubts: Readonly<Record<TieHow, string>> = {
  sure: '',
  order: 'tied by order: not sure',
  apart: 'tied out of order: not sure',
};

/** What the nodes that are tied to a line say, and how sure each tie is. */
function titleOf({ ties }: LitLine): string {
  return ties
    .map(({ node, how, through }) => {
      const doubt = doubts[how];
      const way = through === undefined ? '' : ` through ${through}`;
      return `${node.text}${way}${doubt === '' ? '' : ` (${doubt})`}`;
    })
    .join('\n');
}

/** Show one line of the visitor's source and how it fared. */
export const SourceLine = memo(function SourceLine({ id, line, pieces, lit, dead, hunk }: Props) {
  const ground = lit ? grounds[lit.state] : 'border-transparent';
  return (
    <li
      data-row={id}
      data-lit={lit?.state}
      data-hunk={hunk || undefined}
      tabIndex={-1}
      aria-current={lit?.state === 'here' ? 'step' : undefined}
      className={`relative flex items-start border-l-4 ${ground} ${dead ? 'text-ink-3' : ''}`}
      title={lit && titleOf(lit)}
    >
      {hunk && (
        <span className="absolute inset-y-0 left-0 w-1 bg-accent" title="the chosen hunk ties to it">
          <span className="sr-only">in the hunk:</span>
        </span>
      )}
      <span className="w-10 shrink-0 pr-1 text-right text-2xs leading-[1.125rem] text-ink-3 tabular-nums select-none">
        {line}
      </span>
      <Mark lit={lit} dead={dead} />
      <code className="min-w-0 flex-1 pr-2 whitespace-pre-wrap [overflow-wrap:anywhere] [tab-size:4]">
        <Pieces pieces={pieces} flat={dead} />
      </code>
    </li>
  );
});

const letter = 'grid size-[0.9375rem] place-items-center text-2xs leading-none font-bold';

/** A test's outcome as the tree shows it, a dot for what ran, a mark of doubt where the tie is not sure. */
function Mark({ lit, dead }: Pick<Props, 'lit' | 'dead'>) {
  const value = lit?.values.at(-1);
  const unsure = lit?.ties.some(({ how }) => how !== 'sure');
  return (
    <span className="flex h-[1.125rem] w-7 shrink-0 items-center gap-px">
      {lit && (
        <span className="sr-only">{`${said[lit.state]}${value === undefined ? '' : value ? ', true' : ', false'}${unsure ? ', not sure' : ''}: `}</span>
      )}
      {!lit && dead && <span className="sr-only">not taken: </span>}
      {value !== undefined && (
        <span
          aria-hidden="true"
          className={`${letter} ${value ? 'rounded-[3px] bg-ink-2 text-panel' : 'rounded-full border border-ink-3 text-ink-2'}`}
        >
          {value ? 'T' : 'F'}
        </span>
      )}
      {lit && value === undefined && lit.state !== 'later' && (
        <span aria-hidden="true" className="mx-1 size-1.5 rounded-full bg-ink-2" />
      )}
      {unsure && (
        <span aria-hidden="true" className="text-2xs text-ink-2">
          ?
        </span>
      )}
    </span>
  );
}
