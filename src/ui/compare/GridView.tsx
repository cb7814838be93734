import { useState } from 'react';

import { outcomeClasses, turnSwitches, type Grid, type GridCell, type GridRow } from '#explore/grid.ts';
import type { Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { classes } from '../shared/classes.ts';
import { Prose } from '../shared/Prose.tsx';
import { FieldGrid } from '../shared/FieldGrid.tsx';
import { GridField } from '../shared/GridField.tsx';
import { KernelName } from '../shared/KernelName.tsx';
import { useGrid } from '../shared/useGrid.ts';
import { JobBar } from './JobBar.tsx';
import { useJob } from './useJob.ts';

interface Props {
  readonly session: Session;
  readonly kernels: readonly string[];
  readonly dispatch: Dispatch;
  readonly onClose: () => void;
}

/** What the operation at the cursor comes to under every setting of L1's intercepts that decides it. */
export function GridView({ session, kernels, dispatch, onClose }: Props) {
  const job = useJob<'grid'>({ kind: 'grid', session, kernels });
  const { result } = job;
  const open = (row: GridRow): void => {
    const setting = new Map(result!.grid!.switches.map((name, at) => [name, row.on[at]!]));
    dispatch((now) => turnSwitches(now, setting));
    onClose();
  };
  return (
    <div className="flex flex-col gap-3 p-3">
      <p className="text-base font-semibold text-ink">
        {result?.grid
          ? `${result.grid.title}: what if L1 intercepted otherwise?`
          : 'What if L1 intercepted otherwise?'}
      </p>
      <JobBar job={job} done="The run so far, once for each setting and kernel" />
      {result?.why !== undefined && <p className="text-xs text-ink-2">{result.why}</p>}
      {result?.grid && <Table grid={result.grid} onOpen={open} />}
    </div>
  );
}

interface TableProps {
  readonly grid: Grid;
  readonly onOpen: (row: GridRow) => void;
}

function Table({ grid, onOpen }: TableProps) {
  const { kernels, switches, more, rows } = grid;
  const [told, setTold] = useState<{ readonly row: number; readonly column: number }>();
  const places = rows.flatMap((_, row) => kernels.map((__, column) => ({ row, column })));
  const { grid: table, stop, setActive, onKeyDown } = useGrid(places);
  const cell = told && rows[told.row]?.cells[told.column];
  return (
    <>
      {switches.length === 0 && (
        <p className="text-xs text-ink-2">No intercept of L1 decides anything of it.</p>
      )}
      <div className="overflow-x-auto">
        <FieldGrid label="Settings times kernels" ref={table} onKeyDown={onKeyDown} className="text-xs">
          <Head grid={grid} />
          <tbody>
            {rows.map((row, index) => (
              <Setting
                key={row.on.join()}
                grid={grid}
                row={row}
                index={index}
                stop={stop?.row === index ? stop.column : undefined}
                onTell={(column) => {
                  setActive({ row: index, column });
                  setTold({ row: index, column });
                }}
                onOpen={() => onOpen(row)}
              />
            ))}
          </tbody>
        </FieldGrid>
      </div>
      <p className="min-h-9 text-xs text-ink-2">
        {cell ? (
          <>
            <span className="font-mono text-ink">{cell.kernel}</span>: <Prose>{cell.words}</Prose>
          </>
        ) : (
          'Point at a field, or move to it with the arrow keys, to read what comes of it there. Choose it to go there.'
        )}
      </p>
      <Legend grid={grid} />
      {more.length > 0 && (
        <p className="text-2xs text-ink-3">
          Decides too, and stays as it is here: <span className="font-mono">{more.join(', ')}</span>
        </p>
      )}
    </>
  );
}

function Head({ grid: { switches, kernels } }: { readonly grid: Grid }) {
  return (
    <thead>
      <tr>
        {switches.map((name) => (
          <th key={name} scope="col" className={head}>
            {name}
          </th>
        ))}
        <th scope="col" className={classes(head, 'text-left')}>
          <span className="sr-only">Now</span>
        </th>
        {kernels.map((id) => (
          <th key={id} scope="col" className={head}>
            <KernelName id={id} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface SettingProps {
  readonly grid: Grid;
  readonly row: GridRow;
  readonly index: number;
  /** The column of the field that takes the focus, if it is in this row. */
  readonly stop: number | undefined;
  readonly onTell: (column: number) => void;
  readonly onOpen: () => void;
}

/** One setting of the switches: a field a kernel. */
function Setting({ grid, row, index, stop, onTell, onOpen }: SettingProps) {
  return (
    <tr className={row.current ? 'bg-accent-ground' : 'hover:bg-raised'}>
      {row.on.map((on, at) => (
        <td key={grid.switches[at]} className="border-b border-line text-center font-mono">
          {on ? '1' : '0'}
        </td>
      ))}
      <td className="border-b border-line px-2 text-2xs whitespace-nowrap text-accent">
        {row.current ? 'as it is now' : ''}
      </td>
      {row.cells.map((cell, column) => (
        <td key={cell.kernel} className="border-b border-line p-0">
          <Field
            cell={cell}
            setting={settingWords(grid, row)}
            place={{ row: index, column }}
            isStop={stop === column}
            onTell={() => onTell(column)}
            onOpen={onOpen}
          />
        </td>
      ))}
    </tr>
  );
}

const head =
  'min-w-13 border-b border-line px-1 py-1 align-bottom font-mono text-2xs leading-[13px] font-semibold';

const settingWords = ({ switches }: Grid, { on }: GridRow): string =>
  switches.map((name, at) => `${name} ${on[at] ? 'on' : 'off'}`).join(', ');

interface FieldProps {
  readonly cell: GridCell;
  readonly setting: string;
  readonly place: { readonly row: number; readonly column: number };
  readonly isStop: boolean;
  readonly onTell: () => void;
  readonly onOpen: () => void;
}

const tones: Partial<Record<GridCell['outcome'], string>> = {
  astray: 'bg-danger-ground text-danger font-semibold',
  shutdown: 'text-danger',
  vmexit: 'text-l1',
  exception: 'text-kvm',
};

function Field({ cell, setting, place, isStop, onTell, onOpen }: FieldProps) {
  const { glyph, name } = outcomeClasses[cell.outcome];
  return (
    <GridField
      label={`${setting}, ${cell.kernel}: ${name}. Go there`}
      title={name}
      place={place}
      isStop={isStop}
      onFocus={onTell}
      onPoint={onTell}
      onClick={onOpen}
      className={`font-mono text-sm ${tones[cell.outcome] ?? 'text-ink'}`}
    >
      <span aria-hidden="true">{glyph}</span>
    </GridField>
  );
}

/** The signs that stand in the table. */
function Legend({ grid }: { readonly grid: Grid }) {
  const used = new Set(grid.rows.flatMap(({ cells }) => cells.map(({ outcome }) => outcome)));
  return (
    <ul aria-label="Signs" className="flex flex-wrap gap-x-4 gap-y-1 text-2xs text-ink-3">
      {[...used].map((name) => (
        <li key={name} className="flex items-center gap-1">
          <span aria-hidden="true" className="font-mono text-xs text-ink">
            {outcomeClasses[name].glyph}
          </span>
          {outcomeClasses[name].name}
        </li>
      ))}
    </ul>
  );
}
