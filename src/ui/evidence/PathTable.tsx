import { Fragment } from 'react';

import type { PathEntry } from '#program/report.ts';
import type { PathRow } from '#session/recorded-path.ts';

interface Props {
  readonly rows: readonly PathRow[];
  readonly kernel: string;
  readonly release: string;
}

const grounds: Readonly<Record<PathRow['kind'], string>> = {
  same: 'text-ink-2',
  outside: 'text-ink-3',
  model: 'bg-part-ground text-ink font-semibold',
  recorded: 'bg-part-ground text-ink font-semibold',
};

const signs: Readonly<Record<PathRow['kind'], readonly [sign: string, said: string]>> = {
  same: ['=', 'the same'],
  outside: ['', 'not among the recorded functions'],
  model: ['◂', 'in the model only'],
  recorded: ['▸', 'in the recording only'],
};

const head =
  'sticky top-10 z-5 border-b border-line bg-panel py-1 text-left text-2xs font-semibold text-ink-2';

/** Show the functions that the model entered beside those that were recorded, a row a function. */
export function PathTable({ rows, kernel, release }: Props) {
  const outside = rows.filter(({ kind }) => kind === 'outside').length;
  if (rows.length === 0)
    return <p className="text-ink-2">No function of KVM ran, in the model or recorded.</p>;
  return (
    <div>
      <table
        aria-label="Functions entered, the model beside the recording"
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <thead>
          <tr>
            <th scope="col" className={head}>
              Model, <span className="font-mono">{kernel}</span>
            </th>
            <th scope="col" className={`${head} w-6`}>
              <span className="sr-only">Compared</span>
            </th>
            <th scope="col" className={head}>
              Recorded, {release}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, model, recorded }, index) => (
            // The rows of one step never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index} className={grounds[kind]}>
              <Entry entry={model} />
              <td className="text-center text-2xs text-ink-3">
                <span aria-hidden>{signs[kind][0]}</span>
                <span className="sr-only">{signs[kind][1]}</span>
              </td>
              <Entry entry={recorded} />
            </tr>
          ))}
        </tbody>
      </table>
      {outside > 0 && (
        <p className="mt-2 text-2xs text-ink-3">
          Faint: functions that were not traced, or whose entries are not compared. Depth in the recording
          counts among the traced functions.
        </p>
      )}
    </div>
  );
}

function Entry({ entry }: { readonly entry: PathEntry | undefined }) {
  return (
    <td className="py-px align-top font-mono text-2xs leading-4 [--step:2px] [overflow-wrap:anywhere] sm:[--step:8px]">
      {entry && (
        <span className="block" style={{ paddingInlineStart: `calc(${entry.depth} * var(--step))` }}>
          {`${entry.fn}()`.split(/(?<=_)/).map((part, index) => (
            // Let a long name break after an underscore.
            // oxlint-disable-next-line react/no-array-index-key
            <Fragment key={index}>
              {index > 0 && <wbr />}
              {part}
            </Fragment>
          ))}
        </span>
      )}
    </td>
  );
}
