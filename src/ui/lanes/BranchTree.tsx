import { useEffect, useRef, useState } from 'react';

import { present } from '#base/assert.ts';
import type { Branch } from '#session/branch-list.ts';
import { classes } from '../shared/classes.ts';

interface Props {
  readonly branches: readonly Branch[];
  /** How many operations are done on the current branch. */
  readonly position: number;
  readonly onReturn: (end: number) => void;
  readonly onName: (end: number, name: string) => void;
}

const rowHeight = 20;

/** List the ways that were tried, each with the place where it leaves another; a click returns to its end. */
export function BranchTree({ branches, position, onReturn, onName }: Props) {
  const longest = Math.max(1, ...branches.map(({ operations }) => operations));
  const unit = Math.min(12, 96 / longest);
  const width = Math.ceil(unit * longest) + 16;
  const done = Math.ceil(position);
  const stand = rowAt(branches, done);
  return (
    <div className="flex max-h-[6.25rem] shrink-0 overflow-y-auto border-b border-line bg-raised py-1">
      <svg aria-hidden="true" width={width} height={rowHeight * branches.length} className="shrink-0">
        {branches.map((branch, index) => (
          <BranchLine
            key={branch.end}
            branch={branch}
            index={index}
            unit={unit}
            at={index === stand ? done : undefined}
          />
        ))}
      </svg>
      <ol aria-label="Branches" className="min-w-0 flex-1 pr-2">
        {branches.map((branch) => (
          <BranchRow key={branch.end} branch={branch} onReturn={onReturn} onName={onName} />
        ))}
      </ol>
    </div>
  );
}

/** The line on which so many operations of the current branch end: its own, or one that it leaves. */
function rowAt(branches: readonly Branch[], done: number): number {
  let row = branches.findIndex(({ current }) => current);
  for (let at = branches[row]; at?.from !== undefined && done <= at.shared; at = branches[row]) row = at.from;
  return row;
}

interface LineProps {
  readonly branch: Branch;
  readonly index: number;
  readonly unit: number;
  /** Operations done, if the cursor stands on this line. */
  readonly at: number | undefined;
}

function BranchLine({ branch: { from, shared, operations, current }, index, unit, at }: LineProps) {
  const x = (operation: number): number => 8 + operation * unit;
  const y = (index + 0.5) * rowHeight;
  const start = from === undefined ? 0 : shared;
  const dots = Array.from(
    { length: operations - start + (from === undefined ? 1 : 0) },
    (_, nth) => start + nth + (from === undefined ? 0 : 1),
  );
  return (
    <g className={current ? 'fill-ink stroke-ink' : 'fill-ink-3 stroke-ink-3'} strokeWidth={current ? 2 : 1}>
      <path
        d={
          from === undefined
            ? `M${x(0)} ${y}H${x(operations)}`
            : `M${x(shared)} ${(from + 0.5) * rowHeight}V${y - 4}Q${x(shared)} ${y} ${x(shared) + 4} ${y}H${x(operations)}`
        }
        fill="none"
      />
      {dots.map((operation) => (
        <circle key={operation} cx={x(operation)} cy={y} r={current ? 2.5 : 2} strokeWidth={0} />
      ))}
      {at !== undefined && (
        <circle cx={x(at)} cy={y} r={4.5} strokeWidth={1.5} className="fill-panel stroke-accent" />
      )}
    </g>
  );
}

interface RowProps {
  readonly branch: Branch;
  readonly onReturn: (end: number) => void;
  readonly onName: (end: number, name: string) => void;
}

function BranchRow({ branch, onReturn, onName }: RowProps) {
  const [naming, setNaming] = useState(false);
  const rename = useRef<HTMLButtonElement>(null);
  const { end, label, named, current, operations, shared, from } = branch;
  const done = (name: string | undefined): void => {
    if (name !== undefined) onName(end, name);
    setNaming(false);
    requestAnimationFrame(() => rename.current?.focus());
  };
  if (naming) {
    return (
      <li className="flex h-5 items-center">
        <NameInput name={named ? label : ''} placeholder={label} onDone={done} />
      </li>
    );
  }
  return (
    <li className="flex h-5 items-center gap-2 text-2xs">
      <button
        type="button"
        aria-current={current || undefined}
        onClick={() => onReturn(end)}
        className={classes(
          'min-w-0 cursor-pointer truncate rounded-sm px-1 text-left hover:bg-panel hover:text-ink',
          !named && 'font-mono',
          current ? 'font-semibold text-ink' : 'text-ink-2',
        )}
      >
        {label}
      </button>
      <span className="shrink-0 text-ink-3">
        {from === undefined
          ? `${operations} operations`
          : `parts after ${shared}, ${operations - shared} of its own`}
        {current && ', shown'}
      </span>
      <button
        ref={rename}
        type="button"
        aria-label={`Rename the branch ${label}`}
        onClick={() => setNaming(true)}
        className="ml-auto shrink-0 cursor-pointer rounded-sm px-1 text-ink-3 underline decoration-dotted underline-offset-2 hover:text-ink"
      >
        rename
      </button>
    </li>
  );
}

interface NameProps {
  readonly name: string;
  readonly placeholder: string;
  /** With nothing where the old name stays. */
  readonly onDone: (name: string | undefined) => void;
}

function NameInput({ name, placeholder, onDone }: NameProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = present(input.current, 'the input');
    element.focus();
    element.select();
  }, []);
  return (
    <form
      className="flex min-w-0 flex-1 items-center gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(input.current?.value ?? '');
      }}
    >
      <input
        ref={input}
        type="text"
        aria-label="Name of the branch"
        defaultValue={name}
        placeholder={placeholder}
        maxLength={60}
        onKeyDown={(event) => event.key === 'Escape' && onDone(undefined)}
        className="h-5 min-w-0 flex-1 rounded-sm border border-line-strong bg-panel px-1 text-2xs placeholder:text-ink-3"
      />
      <button
        type="submit"
        className="h-5 cursor-pointer rounded-sm border border-line bg-panel px-1.5 text-2xs text-ink"
      >
        Keep
      </button>
      <button
        type="button"
        onClick={() => onDone(undefined)}
        className="h-5 cursor-pointer rounded-sm px-1.5 text-2xs text-ink-2 hover:text-ink"
      >
        Cancel
      </button>
    </form>
  );
}
