import { useMemo, useState } from 'react';

import type { InvariantVerdict, KernelVerdict } from '#explore/check.ts';
import { FieldGrid } from '../shared/FieldGrid.tsx';
import { GridField } from '../shared/GridField.tsx';
import { KernelName } from '../shared/KernelName.tsx';
import { useGrid } from '../shared/useGrid.ts';
import type { OpenWitness } from './open.ts';
import { Story } from './Story.tsx';

interface Props {
  readonly verdicts: readonly KernelVerdict[];
  readonly label: string;
  readonly onOpen: OpenWitness;
}

interface Chosen {
  readonly row: number;
  readonly column: number;
}

/** Invariants times kernels: a mark a field; a chosen field says why below its row. */
export function CheckTable({ verdicts, label, onOpen }: Props) {
  const rows = useMemo(() => verdicts[0]?.invariants ?? [], [verdicts]);
  const [chosen, setChosen] = useState<Chosen>();
  const places = useMemo(
    () => rows.flatMap((_, row) => verdicts.map((__, column) => ({ row, column }))),
    [rows, verdicts],
  );
  const { grid, stop, setActive, onKeyDown } = useGrid(places);
  return (
    <div className="overflow-x-auto">
      <p className="flex flex-wrap gap-x-4 text-2xs text-ink-3">
        <span>✓ holds in every state that was reached</span>
        <span>✗ broken; the number is that of the operations of its shortest witness</span>
        <span>– not applicable</span>
      </p>
      <FieldGrid label={label} ref={grid} onKeyDown={onKeyDown} className="text-xs">
        <Head verdicts={verdicts} />
        <tbody>
          {rows.map((invariant, row) => (
            <Row
              key={invariant.id}
              row={row}
              verdicts={verdicts}
              chosen={chosen?.row === row ? chosen.column : undefined}
              stop={stop?.row === row ? stop.column : undefined}
              onFocus={setActive}
              onChoose={(column) =>
                setChosen(chosen?.row === row && chosen.column === column ? undefined : { row, column })
              }
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </FieldGrid>
    </div>
  );
}

function Head({ verdicts }: { readonly verdicts: readonly KernelVerdict[] }) {
  return (
    <thead>
      <tr>
        <th
          scope="col"
          className="sticky left-0 border-b border-line bg-panel py-1 text-left align-bottom text-2xs font-semibold"
        >
          Invariant
        </th>
        {verdicts.map(({ kernel, states, transitions }) => (
          <th
            key={kernel}
            scope="col"
            title={`${kernel}: ${states} states, ${transitions} transitions`}
            className="w-13 min-w-13 border-b border-line py-1 align-bottom font-mono text-2xs leading-[0.8125rem] font-semibold"
          >
            <KernelName id={kernel} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly row: number;
  readonly verdicts: readonly KernelVerdict[];
  /** The column of the field that is explained. */
  readonly chosen: number | undefined;
  readonly stop: number | undefined;
  readonly onFocus: (place: Chosen) => void;
  readonly onChoose: (column: number) => void;
  readonly onOpen: OpenWitness;
}

function Row({ row, verdicts, chosen, stop, onFocus, onChoose, onOpen }: RowProps) {
  const { id, statement, source } = verdicts[0]!.invariants[row]!;
  const explained = chosen === undefined ? undefined : verdicts[chosen];
  return (
    <>
      <tr className="hover:bg-raised">
        <th
          scope="row"
          className="sticky left-0 min-w-38 border-b border-line bg-panel py-1 pr-2 text-left font-normal sm:min-w-56"
          title={source}
        >
          <span className="font-mono text-2xs text-ink-3">{id}</span>{' '}
          <span className="text-ink">{statement}</span>
        </th>
        {verdicts.map(({ kernel, invariants }, column) => (
          <td key={kernel} className="border-b border-line p-0">
            <Field
              kernel={kernel}
              verdict={invariants[row]!}
              place={{ row, column }}
              isStop={stop === column}
              isChosen={chosen === column}
              onFocus={onFocus}
              onChoose={() => onChoose(column)}
            />
          </td>
        ))}
      </tr>
      {explained && (
        <tr>
          <td colSpan={verdicts.length + 1} className="border-b border-line bg-raised p-2">
            <Explained kernel={explained.kernel} verdict={explained.invariants[row]!} onOpen={onOpen} />
          </td>
        </tr>
      )}
    </>
  );
}

const marks: Readonly<
  Record<
    InvariantVerdict['verdict'],
    { readonly glyph: string; readonly words: string; readonly tone: string }
  >
> = {
  holds: { glyph: '✓', words: 'holds', tone: 'text-good' },
  broken: { glyph: '✗', words: 'broken', tone: 'bg-danger-ground font-semibold text-danger' },
  'not-applicable': { glyph: '–', words: 'not applicable', tone: 'text-ink-3' },
};

interface FieldProps {
  readonly kernel: string;
  readonly verdict: InvariantVerdict;
  readonly place: Chosen;
  readonly isStop: boolean;
  readonly isChosen: boolean;
  readonly onFocus: (place: Chosen) => void;
  readonly onChoose: () => void;
}

function Field({ kernel, verdict, place, isStop, isChosen, onFocus, onChoose }: FieldProps) {
  const { glyph, words, tone } = marks[verdict.verdict];
  const label = `${verdict.id} on ${kernel}: ${words}`;
  return (
    <GridField
      label={label}
      place={place}
      isStop={isStop}
      isOpen={isChosen}
      onFocus={() => onFocus(place)}
      onClick={onChoose}
      className={`tabular-nums ${tone}`}
    >
      <span aria-hidden="true">{glyph}</span>
      {verdict.witness && (
        <span aria-hidden="true" className="text-2xs font-normal">
          {verdict.witness.step + 1}
        </span>
      )}
    </GridField>
  );
}

interface ExplainedProps {
  readonly kernel: string;
  readonly verdict: InvariantVerdict;
  readonly onOpen: OpenWitness;
}

/** Why a field has its mark: the shortest witness, or why there is none. */
function Explained({ kernel, verdict, onOpen }: ExplainedProps) {
  const { id, witness, why, source } = verdict;
  const { words } = marks[verdict.verdict];
  return (
    <div className="flex flex-col gap-1 text-xs text-ink-2">
      <p>
        <span className="font-mono text-ink">
          {id} on {kernel}
        </span>
        : {words}
        {why === undefined ? '' : `: ${why}`}
        {witness ? `, at the earliest after ${witness.step + 1} operations` : ''}. Stated in: {source}.
      </p>
      {witness && <Story witness={witness} on={kernel} onOpen={() => onOpen(witness, [kernel])} />}
    </div>
  );
}
