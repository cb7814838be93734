import { useState } from 'react';

import { mailLink } from '#kvm/links.ts';
import type { FileDiff } from '#source/patch/diff-read.ts';
import type { Letter } from '#source/patch/letter.ts';
import { ExternalLink } from '../code/ExternalLink.tsx';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import { useRoving } from '../shared/useRoving.ts';
import { HunkView } from './HunkView.tsx';
import { dayOf } from './LetterList.tsx';
import { type OpenLetter, type TiedHunk } from './store.ts';

interface Props {
  readonly open: OpenLetter;
  readonly chosen: TiedHunk | undefined;
}

/** A patch: who, when and why, what it is recognised as, and its hunks. */
export function LetterView({ open, chosen }: Props) {
  const { letter, recognition, hunks } = open;
  return (
    <div className="flex flex-col gap-2 p-2 text-xs">
      <Head letter={letter} />
      {recognition && (
        <p role="status" className="[overflow-wrap:anywhere] text-ink">
          <span aria-hidden className="font-mono">
            {recognition.patch ? '✓ ' : '○ '}
          </span>
          <b className={classes('font-semibold', recognition.patch ? 'text-accent' : 'text-ink-2')}>
            {recognition.words[0]!.toUpperCase() + recognition.words.slice(1)}
          </b>
          {recognition.patch
            ? `. ${recognition.patch.summary}`
            : '. The model has no version with this patch, so no behaviour can be computed; the rows of the code that a hunk ties to are marked.'}
        </p>
      )}
      <Message letter={letter} />
      <Hunks hunks={hunks} files={letter.files} chosen={chosen} />
    </div>
  );
}

function Head({ letter }: { readonly letter: Letter }) {
  const { subject, author, date, messageId, commit } = letter;
  const tags = [...subject.tags, ...(subject.version > 1 ? [`v${subject.version}`] : [])];
  return (
    <header>
      <h3 className="text-sm font-semibold [overflow-wrap:anywhere] text-ink">
        {subject.title || 'A diff without a subject'}
      </h3>
      <p className="flex flex-wrap gap-x-2 text-2xs [overflow-wrap:anywhere] text-ink-3">
        {[...tags, author, dayOf(date)].filter(Boolean).map((part) => (
          <span key={part}>{part}</span>
        ))}
        {messageId !== undefined && (
          <ExternalLink link={mailLink(messageId)} name="this mail in the archive" />
        )}
        {commit !== undefined && <code className="font-mono">{commit.slice(0, 12)}</code>}
      </p>
    </header>
  );
}

/** Lines of a message that are shown before it is unfolded. */
const fewLines = 2;

function Message({ letter: { message, trailers, below } }: { readonly letter: Letter }) {
  const [all, setAll] = useState(false);
  const text = [message, trailers.map(({ name, value }) => `${name}: ${value}`).join('\n'), below]
    .filter((part) => part !== '')
    .join('\n\n');
  const lines = text.split('\n');
  const rest = lines.length - fewLines;
  if (text === '') return null;
  return (
    <section aria-label="Message" className="flex flex-col items-start gap-1">
      <p className="w-full font-mono text-2xs [overflow-wrap:anywhere] whitespace-pre-wrap text-ink-2">
        {all || rest <= 1 ? text : lines.slice(0, fewLines).join('\n')}
      </p>
      {rest > 1 && (
        <Button tone="quiet" className="h-6! -ml-2" onClick={() => setAll(!all)}>
          {all ? 'Hide most of it' : `Show ${rest} more lines`}
        </Button>
      )}
    </section>
  );
}

/** Hunks that are drawn before the visitor asks for more. */
const fewHunks = 100;

interface HunksProps {
  readonly hunks: readonly TiedHunk[];
  readonly files: readonly FileDiff[];
  readonly chosen: TiedHunk | undefined;
}

const changes: Readonly<Record<FileDiff['change'], string>> = {
  changed: '',
  created: 'new file',
  deleted: 'deleted',
  renamed: 'renamed',
  copied: 'copied',
  binary: 'binary, nothing to show',
  mode: 'only its mode changes',
};

function Hunks({ hunks, files, chosen }: HunksProps) {
  const at = chosen ? Math.max(0, hunks.indexOf(chosen)) : 0;
  const [most, setMost] = useState(fewHunks);
  const shown = Math.max(most, at + 1);
  const { group, item } = useRoving<HTMLElement>(Math.min(hunks.length, shown), at);
  if (files.length === 0) return null;
  return (
    <section {...group} aria-label="Changes" className="flex flex-col gap-2">
      {files.map((file) => {
        const own = hunks.filter((one, index) => one.file === file && index < shown);
        const { change, from, path } = file;
        if (own.length === 0 && file.hunks.length > 0) return null;
        return (
          // A diff may name a file twice.
          <div key={`${path} ${file.hunks[0]?.line ?? ''}`} className="rounded-sm border border-line">
            <h4 className="border-b border-line bg-raised px-2 py-0.5 font-mono text-2xs font-semibold [overflow-wrap:anywhere] text-ink-2">
              {path}
              {change !== 'changed' && (
                <span className="font-normal text-ink-3">
                  {' '}
                  {changes[change]}
                  {from !== undefined && ` from ${from}`}
                </span>
              )}
            </h4>
            {own.map((one) => (
              <HunkView key={one.id} tied={one} chosen={one === chosen} item={item(hunks.indexOf(one))} />
            ))}
          </div>
        );
      })}
      {hunks.length > shown && (
        <Button className="self-start" onClick={() => setMost(shown + fewHunks)}>
          Show more, {hunks.length - shown} hunks are left
        </Button>
      )}
    </section>
  );
}
