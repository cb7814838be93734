import { Fragment, lazy, Suspense } from 'react';
import { patchLinks } from '#kvm/links.ts';
import type { Patch } from '#kvm/patch.ts';
import type { Comparison } from '#session/code-partings.ts';
import type { CodeColumn } from '#session/code-view.ts';
import { goesOnWords, outcomeWords } from '#session/words.ts';
import { labelOf } from '#session/possible.ts';
import type { Dispatch } from '../panels.ts';
import { ExternalLink } from './ExternalLink.tsx';
import { Words } from './Words.tsx';

interface Props {
  readonly columns: readonly CodeColumn[];
  readonly compared: readonly Comparison[];
  readonly focus: number;
  readonly onGo: (row: number) => void;
  readonly dispatch: Dispatch;
}

const EvidenceMark = lazy(async () => ({
  default: (await import('../evidence/EvidenceMark.tsx')).EvidenceMark,
}));

/** Say first where the kernels part, then what came of the operation on each of them. */
export function CodeSummary({ columns, compared, focus, onGo, dispatch }: Props) {
  const op = (columns[focus]?.made ?? columns.find(({ made }) => made)?.made)?.step.op;
  return (
    <div className="flex md:max-h-[48%] shrink-0 flex-col gap-1 border-b md:overflow-y-auto border-line px-2 py-1.5 text-xs">
      {compared.length > 0 && (
        <ul aria-label="Where the kernels part" className="flex flex-col gap-1">
          {compared.map((one) => (
            <Sentence
              key={one.column}
              compared={one}
              alone={compared.length === 1}
              reference={columns[focus]?.id ?? ''}
              onGo={onGo}
            />
          ))}
        </ul>
      )}
      <ul
        aria-label="What came of it"
        className="offstage grid grid-cols-[fit-content(4.5rem)_minmax(0,1fr)] gap-x-3 gap-y-1 px-2 py-0.5"
      >
        {grouped(columns).map((alike) => (
          <KernelLine key={alike[0]?.id} columns={alike} op={op && labelOf(op)} dispatch={dispatch} />
        ))}
      </ul>
    </div>
  );
}

const signs: Readonly<Record<Comparison['parting']['kind'], string>> = {
  parts: '◆',
  arranged: '◇',
  same: '=',
};

interface SentenceProps {
  readonly compared: Comparison;
  readonly alone: boolean;
  readonly reference: string;
  readonly onGo: (row: number) => void;
}

function Sentence({ compared: { kernel, parting, words }, alone, reference, onGo }: SentenceProps) {
  const { kind, row } = parting;
  return (
    <li
      className={`flex items-start gap-2 rounded px-2 py-1 ${kind === 'parts' ? 'bg-part-ground text-ink' : 'bg-raised text-ink-2'} ${
        alone && kind === 'parts' ? 'text-sm' : ''
      }`}
    >
      <span aria-hidden className="w-3 shrink-0 text-center font-bold">
        {signs[kind]}
      </span>
      <p className="min-w-0 flex-1">
        <Words text={words} />{' '}
        {row !== undefined && (
          <button
            type="button"
            className="rounded border border-line-strong bg-panel px-1.5 align-[1px] text-2xs whitespace-nowrap text-ink hover:border-accent"
            aria-label={
              kind === 'parts'
                ? `Go to where they part: ${reference} and ${kernel}`
                : `Go to where the code differs: ${reference} and ${kernel}`
            }
            onClick={() => onGo(row)}
          >
            {alone && kind === 'parts' ? 'Go to where they part' : 'Go there'}
          </button>
        )}
      </p>
    </li>
  );
}

/** What a kernel came to, in words: the outcome first, then how it goes on. */
function wordsOf({ made, idle }: CodeColumn): readonly [string, string] {
  if (!made) return [idle === undefined ? 'nothing has run' : 'does not move', idle ?? ''];
  const entered = made.calls.some(({ fn }) => fn.visibility !== 'processor');
  const outcome = outcomeWords(made.step.outcome);
  return [entered ? outcome : `No #VMEXIT: KVM is not entered, ${outcome}`, goesOnWords(made) ?? ''];
}

const opOf = ({ made }: CodeColumn): string => (made ? labelOf(made.step.op) : '');

/** The kernels that came to the same, together. */
function grouped(columns: readonly CodeColumn[]): readonly (readonly CodeColumn[])[] {
  const groups = new Map<string, CodeColumn[]>();
  for (const column of columns) {
    const key = [opOf(column), ...wordsOf(column)].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), column]);
  }
  return [...groups.values()];
}

function KernelLine({
  columns,
  op,
  dispatch,
}: {
  readonly columns: readonly CodeColumn[];
  readonly op: string | undefined;
  readonly dispatch: Dispatch;
}) {
  const [first] = columns;
  if (!first) return null;
  const [outcome, then] = wordsOf(first);
  const own = opOf(first);
  return (
    <li className="col-span-2 grid grid-cols-subgrid">
      <span
        className={`font-mono font-semibold [overflow-wrap:anywhere] ${columns.length > 1 ? 'border-r-2 border-line-strong pr-1' : ''}`}
      >
        {columns.map(({ id }) => (
          <span key={id} className="block">
            <KernelName id={id} />
          </span>
        ))}
      </span>
      <p className="min-w-0 text-ink-2">
        {own !== '' && own !== op && <span className="font-mono">{own}: </span>}
        <strong className="font-semibold text-ink">{outcome}</strong>
        {then === '' ? '' : `. ${then.replace(/\.$/, '')}`}.{' '}
        {[...new Set(columns.flatMap(({ kernel }) => kernel.patches))].map((patch) => (
          <Fragment key={patch.id}>
            <PatchSources patch={patch} />{' '}
          </Fragment>
        ))}
        <Suspense>
          {columns.map(
            ({ id, made }) =>
              made && <EvidenceMark key={id} made={made} named={columns.length > 1} dispatch={dispatch} />,
          )}
        </Suspense>
      </p>
    </li>
  );
}

/** Let the id of a kernel break before a patch. */
function KernelName({ id }: { readonly id: string }) {
  return id.split(/(?=\+)/).map((part) => (
    <Fragment key={part}>
      <wbr />
      {part}
    </Fragment>
  ));
}

function PatchSources({ patch }: { readonly patch: Patch }) {
  return (
    <span
      className="mr-1 text-2xs whitespace-nowrap text-ink-3"
      title={`${patch.subject}, ${patch.author}, ${patch.date}: ${patch.status}`}
    >
      {patch.id}:{' '}
      {patchLinks(patch).map((link, index) => (
        <span key={link.href}>
          {index > 0 && ', '}
          <ExternalLink
            link={link}
            name={link.label === 'mail' ? `mail of ${patch.id}` : `commit ${link.label} of ${patch.id}`}
          />
        </span>
      ))}
    </span>
  );
}
