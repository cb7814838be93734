import { memo, useEffect, useMemo, useRef, useState } from 'react';

import type { HunkLine } from '#source/patch/diff-read.ts';
import { highlightedHunk } from '#source/patch/highlight.ts';
import { hunkRange } from '#source/patch/range.ts';
import type { Tie } from '#source/patch/ties.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import type { RovingItem } from '../shared/useRoving.ts';
import { Pieces } from '../source/Pieces.tsx';
import { chooseHunk, type TiedHunk } from './store.ts';

interface Props {
  readonly tied: TiedHunk;
  readonly chosen: boolean;
  readonly item: RovingItem;
}

/** A hunk with its lines, and what it ties to. Choosing it marks the rows of the code. */
export function HunkView({ tied, chosen, item }: Props) {
  const { hunk, tied: found } = tied;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const choose = (): void => {
    // A drag selects text to copy.
    if (document.getSelection()?.isCollapsed !== false) chooseHunk(tied);
  };
  return (
    // A click anywhere on the hunk does what its button does.
    <div
      ref={box}
      role="presentation"
      onClick={choose}
      className={classes(
        'cursor-pointer border-l-4 not-last:border-b not-last:border-b-line',
        chosen ? 'border-l-accent' : 'border-l-transparent',
      )}
    >
      <button
        type="button"
        {...item}
        aria-pressed={chosen}
        onClick={(event) => {
          event.stopPropagation();
          chooseHunk(tied);
        }}
        className={classes(
          'flex w-full cursor-pointer flex-wrap items-baseline gap-x-2 px-1.5 py-0.5 text-left text-2xs -outline-offset-2!',
          chosen ? 'bg-accent-ground text-ink' : 'text-ink-2 hover:bg-raised',
        )}
      >
        <span className="font-mono font-semibold whitespace-nowrap">{hunkRange(hunk)}</span>
        <span className="min-w-0 [overflow-wrap:anywhere]">{found.words}</span>
      </button>
      <Lines tied={tied} />
      {chosen && found.ties.length > 0 && <Ties ties={found.ties} />}
    </div>
  );
}

const grounds: Readonly<Record<HunkLine['sign'], string>> = {
  '+': 'bg-added-ground',
  '-': 'bg-removed-ground',
  ' ': '',
  '\\': 'text-ink-3 italic',
};
const signs: Readonly<Record<HunkLine['sign'], string>> = {
  '+': 'font-bold text-added',
  '-': 'font-bold text-removed',
  ' ': '',
  '\\': '',
};

/** Lines of a hunk that are drawn before the visitor asks for more. */
const fewLines = 400;

const Lines = memo(function Lines({ tied: { file, hunk, tied } }: { readonly tied: TiedHunk }) {
  const { lines } = hunk;
  const [most, setMost] = useState(fewLines);
  const tiedLines = new Set(tied.ties.map((tie) => tie.lines[0]));
  const pieces = useMemo(() => highlightedHunk(file, hunk), [file, hunk]);
  return (
    <div className="font-mono text-2xs leading-4 text-ink [content-visibility:auto] [tab-size:4]">
      {lines.slice(0, most).map(({ sign, old, now }, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- the lines of a hunk never change.
          key={index}
          className={classes(
            'grid grid-cols-[2.25rem_2.25rem_0.75rem_0.75rem_minmax(0,1fr)] gap-x-1',
            grounds[sign],
          )}
        >
          <span className="text-right text-ink-3 select-none">{old}</span>
          <span className="text-right text-ink-3 select-none">{now}</span>
          <span aria-hidden className="text-center text-ink-2 select-none">
            {tiedLines.has(index) && '@'}
          </span>
          <span className={signs[sign]}>{sign === '-' ? '−' : sign.trim()}</span>
          <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
            <Pieces pieces={pieces[index]!} />
          </span>
        </div>
      ))}
      {lines.length > most && (
        <Button onClick={() => setMost(most * 4)}>Show more, {lines.length - most} lines are left</Button>
      )}
    </div>
  );
});

const beside: Readonly<Record<Tie['sign'], string>> = {
  '+': 'added',
  '-': 'removed',
  ' ': 'beside it',
};

/** The nodes of the model that a hunk ties to, each with the reason. */
function Ties({ ties }: { readonly ties: readonly Tie[] }) {
  return (
    <details className="border-t border-line px-1.5 py-0.5 text-2xs text-ink-2">
      <summary className="cursor-pointer">How it ties</summary>
      <ul aria-label="Nodes that the hunk ties to">
        {ties.map(({ fn, id, text, sign, exact, by, alike, lines }) => (
          <li key={`${fn} ${id} ${lines[0]} ${sign}`} className="[overflow-wrap:anywhere]">
            <span className="text-ink-3">{beside[sign]}: </span>
            <code className="font-mono text-ink">{text}</code> in <code className="font-mono">{fn}()</code>,{' '}
            {exact ? 'tied' : 'nearly, tied'} by {by}
            {alike > 1 && `, one of ${alike} that read alike`}
          </li>
        ))}
      </ul>
    </details>
  );
}
