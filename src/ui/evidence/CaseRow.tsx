import { memo } from 'react';

import type { CaseEntry } from '#session/conformance.ts';
import { GridField } from '../shared/GridField.tsx';
import { Glyph, type GlyphName } from './Glyph.tsx';
import type { Place } from '../shared/grid-moves.ts';

interface Props {
  readonly entry: CaseEntry;
  readonly row: number;
  readonly kernels: readonly string[];
  /** A letter for each kernel: `a`grees, `d`iffers, `.` not run yet, `-` not recorded. */
  readonly fared: string;
  readonly problem: string | undefined;
  /** The column of the field that takes the focus, if it is in this row. */
  readonly stop: number | undefined;
  readonly onFocus: (place: Place) => void;
  readonly onOpen: (name: string, kernel: string) => void;
}

/** Show one program and how the model fares on each kernel. Memoised: the others stay while one is run. */
export const CaseRow = memo(function CaseRow(props: Props) {
  const { entry, row, kernels, fared, problem, stop, onFocus, onOpen } = props;
  const { name, title } = entry;
  return (
    <tr className="hover:bg-raised">
      <th scope="row" className="border-b border-line py-1 pr-2 text-left font-normal">
        <span className="block text-ink sm:truncate" title={title}>
          {title}
        </span>
        <span className="block font-mono text-2xs text-ink-3 [overflow-wrap:anywhere]">{name}</span>
        {problem !== undefined && (
          <span className="block text-2xs text-danger [overflow-wrap:anywhere]">{problem}</span>
        )}
      </th>
      {kernels.map((kernel, column) => (
        <td key={kernel} className="border-b border-line p-0">
          {fared[column] === '-' ? (
            <span className="flex justify-center text-ink-3">
              <span aria-hidden>–</span>
              <span className="sr-only">not recorded</span>
            </span>
          ) : (
            <Field
              label={`${name} on ${kernel}`}
              state={states[fared[column] ?? '.']}
              place={{ row, column }}
              stop={stop === column}
              onFocus={onFocus}
              onOpen={() => onOpen(name, kernel)}
            />
          )}
        </td>
      ))}
    </tr>
  );
});

const states: Readonly<Record<string, Exclude<GlyphName, 'none'>>> = { a: 'agrees', d: 'differs' };

interface FieldProps {
  readonly label: string;
  /** Undefined: not run yet. */
  readonly state: Exclude<GlyphName, 'none'> | undefined;
  readonly place: Place;
  readonly stop: boolean;
  readonly onFocus: (place: Place) => void;
  readonly onOpen: () => void;
}

function Field({ label, state, place, stop, onFocus, onOpen }: FieldProps) {
  const words = `${label}: ${state ?? 'not run yet'}. Open it`;
  return (
    <GridField
      label={words}
      place={place}
      isStop={stop}
      onFocus={() => onFocus(place)}
      onClick={onOpen}
      className="h-9!"
    >
      {state ? <Glyph name={state} /> : <span className="text-ink-3">·</span>}
    </GridField>
  );
}
