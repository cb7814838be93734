import { useEffect, useRef, type ReactNode } from 'react';

import { labelOf } from '#session/possible.ts';
import type { ListName, ListingRow } from '#session/listing.ts';
import { classes } from '../shared/classes.ts';
import { partyGround, partyOfList, partyText } from './party.ts';
import type { Mark } from './pointer-marks.ts';

interface Props {
  readonly title: string;
  readonly name: ListName;
  readonly rows: readonly ListingRow[];
  readonly marks: readonly Mark[];
  readonly chosen: number | undefined;
  readonly onChoose: (index: number) => void;
}

/** One piece of code as a list, with the pointers that stand in it. */
export function ProgramList({ title, name, rows, marks, chosen, onChoose }: Props) {
  const party = partyOfList[name];
  const endsItself = rows.at(-1)?.op.do === 'END';
  return (
    <div className="min-w-0 border-line not-first:border-l">
      <h3 className={classes('px-2 pt-1 text-2xs font-semibold', partyText[party])}>{title}</h3>
      <ol aria-label={`${title} code`} className="pb-1">
        {rows.map((row, index) => (
          // A line has no identity but its place: the same instruction may stand in many.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} aria-current={isCurrent(marks, index) ? 'step' : undefined}>
            <Row
              row={row}
              index={index}
              marks={marks.filter((mark) => mark.index === index)}
              chosen={chosen === index}
              onChoose={() => onChoose(index)}
              party={party}
            />
          </li>
        ))}
        {!endsItself && <End marks={marks.filter((mark) => mark.index >= rows.length)} name={name} />}
      </ol>
    </div>
  );
}

const isCurrent = (marks: readonly Mark[], index: number): boolean =>
  marks.some((mark) => mark.focused && mark.kind === 'current' && mark.index === index);

interface RowProps {
  readonly row: ListingRow;
  readonly index: number;
  readonly marks: readonly Mark[];
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly party: keyof typeof partyText;
}

function Row({ row, index, marks, chosen, onChoose, party }: RowProps) {
  const { op, done, inserted } = row;
  const current = marks.find((mark) => mark.focused && mark.kind === 'current');
  const foreign = current && current.context !== party && party !== 'userspace' ? current.context : undefined;
  return (
    <button
      type="button"
      aria-expanded={chosen}
      onClick={onChoose}
      title={marks.map(({ about }) => about).join('; ') || undefined}
      className={classes(
        'flex w-full cursor-pointer items-baseline gap-1 px-2 text-left font-mono text-2xs leading-6 hover:bg-raised',
        current && partyGround[current.context],
      )}
    >
      <Markers marks={marks} />
      <span className="w-3.5 shrink-0 text-right text-ink-3">{index}</span>
      {/* Tags go below a label that leaves them no room. */}
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-1">
        <span
          className={classes(
            'max-w-full break-words',
            op.do === 'END' ? 'text-ink-3' : 'text-ink',
            inserted && 'italic',
          )}
        >
          {labelOf(op)}
          {'on' in op && op.on !== undefined && <span className="text-ink-3"> on {op.on}</span>}
          {inserted && <span className="sr-only">, put in by you</span>}
        </span>
        <span className="ml-auto flex flex-wrap items-baseline gap-1">
          {foreign !== undefined && <Tag tone="text-danger border-danger">as {foreign}</Tag>}
          <KernelTags marks={marks} />
        </span>
      </span>
      {done > 0 && <Done times={done} />}
    </button>
  );
}

function Done({ times }: { readonly times: number }) {
  return (
    <span className="shrink-0 text-good" title={times === 1 ? 'Executed' : `Executed ${times} times`}>
      <span aria-hidden="true">✓{times > 1 ? times : ''}</span>
      <span className="sr-only">executed</span>
    </span>
  );
}

/** The end that every piece of code has, also where none is written. */
function End({ marks, name }: { readonly marks: readonly Mark[]; readonly name: ListName }) {
  const current = marks.find((mark) => mark.focused && mark.kind === 'current');
  return (
    <li
      aria-current={current ? 'step' : undefined}
      className={classes(
        'flex items-baseline gap-1 px-2 font-mono text-2xs leading-3.5 text-ink-3',
        current && partyGround[current.context],
      )}
    >
      <Markers marks={marks} />
      <span className="w-3.5 shrink-0" />
      <span>{name === 'userspace' ? 'nothing more' : 'end'}</span>
      <span className="ml-auto flex gap-1">
        <KernelTags marks={marks} />
      </span>
    </li>
  );
}

/** The focused kernel's pointer filled, any other hollow. */
function Markers({ marks }: { readonly marks: readonly Mark[] }) {
  const mark = marks.find(({ focused }) => focused) ?? marks[0];
  if (!mark) return <span className="w-2.5 shrink-0" />;
  const filled = mark.focused && mark.kind === 'current';
  return (
    <span className={classes('w-2.5 shrink-0', partyText[mark.context])}>
      {filled ? <CurrentMarker /> : <span aria-hidden="true">▷</span>}
      <span className="sr-only">{mark.about}. </span>
    </span>
  );
}

/** Marks where a long program runs, and brings the line into view when the pointer comes to it. */
function CurrentMarker() {
  const marker = useRef<HTMLSpanElement>(null);
  // In braces: newer browsers return a promise here, which React would take for a cleanup.
  useEffect(() => {
    marker.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <span ref={marker} aria-hidden="true">
      ►
    </span>
  );
}

function KernelTags({ marks }: { readonly marks: readonly Mark[] }) {
  return marks.flatMap(({ kernels }) =>
    kernels.map((kernel) => (
      <Tag key={kernel} tone="text-ink-2 border-line-strong">
        {kernel}
      </Tag>
    )),
  );
}

function Tag({ tone, children }: { readonly tone: string; readonly children: ReactNode }) {
  return (
    <span className={classes('rounded-xs border px-0.5 text-[0.625rem] leading-3.5', tone)}>{children}</span>
  );
}
