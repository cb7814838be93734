import { Fragment, useState } from 'react';

import { counted, lineWords, stepTitle } from '#trace/alignment-words.ts';
import type { AlignedStep, RecordingQuestions, TreeRow } from '#trace/questions.ts';
import { treeDifferences } from '#trace/tree.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { classes } from '../shared/classes.ts';
import { Switch } from '../shared/Switch.tsx';
import { useAsked } from './useAsked.ts';

interface Props {
  readonly questions: RecordingQuestions;
  readonly kernel: string;
  readonly step: AlignedStep;
}

/** The recorded call tree of a step beside the model's. */
export function TwoTrees({ questions, kernel, step }: Props) {
  const { state, value, failure } = useAsked({
    key: `${kernel} ${step.vcpu} ${step.index}`,
    ask: () => questions.tree(kernel, step.vcpu, step.index),
  });
  if (state === 'failed') return <p className="text-danger">The calls could not be read: {failure}</p>;
  return value ? <TreesOfStep rows={value} kernel={kernel} step={step} /> : null;
}

interface TreesProps {
  readonly rows: readonly TreeRow[];
  readonly kernel: string;
}

/** The trees, and a window for them: names of functions are longer than the panel is wide. */
function TreesOfStep({ rows, kernel, step }: TreesProps & { readonly step: AlignedStep }) {
  const [wide, setWide] = useState(false);
  return (
    <>
      <TreeTable rows={rows} kernel={kernel} />
      {rows.length > 0 && (
        <span>
          <Button opens="dialog" onClick={() => setWide(true)}>
            In a window of its own
          </Button>
        </span>
      )}
      {wide && (
        <Dialog
          title={`Call trees: ${stepTitle(step)}, ${lineWords(step.lines)}`}
          size="wide"
          onClose={() => setWide(false)}
        >
          <div className="p-3 text-xs">
            <TreeTable rows={rows} kernel={kernel} />
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Rows that are drawn at once; more on demand. */
const chunk = 300;

function summaryOf(rows: readonly TreeRow[]): string {
  const wrong = treeDifferences(rows).length;
  const both = rows.filter(({ side }) => side === 'both').length;
  return wrong === 0
    ? `${counted(both, 'function')} on both sides, no difference.`
    : `${counted(both, 'function')} on both sides, ${counted(wrong, 'difference')}.`;
}

/** Two call trees in one table: a row a function, what only one side has marked with why. */
export function TreeTable({ rows, kernel }: TreesProps) {
  const [all, setAll] = useState(false);
  const [most, setMost] = useState(chunk);
  const told = all ? rows : rows.filter(({ side, excuse }) => side === 'both' || excuse === undefined);
  const assumedHost = rows[0]?.assumedHost;
  if (rows.length === 0) return <p className="text-ink-3">No function call was recorded in this step.</p>;
  return (
    <section aria-label="Call trees" className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink">{summaryOf(rows)}</p>
        {rows.some(({ excuse }) => excuse !== undefined) && (
          <Switch label="excused too" checked={all} onChange={setAll} />
        )}
      </div>
      {assumedHost !== undefined && (
        <p className="text-2xs text-ink-3">
          The model runs with {assumedHost}: events do not tell, and the calls fit it better.
        </p>
      )}
      <table className="w-full table-fixed border-separate border-spacing-0 text-2xs">
        <thead>
          <tr className="text-left text-ink-2">
            <th scope="col" className="border-b border-line py-1 font-semibold">
              Recorded
            </th>
            <th scope="col" className="w-5 border-b border-line">
              <span className="sr-only">Compared</span>
            </th>
            <th scope="col" className="border-b border-line py-1 font-semibold">
              Model, <span className="font-mono">{kernel}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {told.slice(0, most).map((row, at) => (
            // The rows of one step never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <Row key={at} row={row} />
          ))}
        </tbody>
      </table>
      {told.length > most && (
        <span>
          <Button onClick={() => setMost(most + chunk)}>
            Show more: {counted(told.length - most, 'row')} left
          </Button>
        </span>
      )}
    </section>
  );
}

const signs = { both: '=', recorded: '▸', model: '◂' } as const;
const said = { both: 'both', recorded: 'in the recording only', model: 'in the model only' } as const;

function Row({ row }: { readonly row: TreeRow }) {
  const { side, excuse, line } = row;
  const wrong = side !== 'both' && excuse === undefined;
  return (
    <tr
      className={
        wrong ? 'bg-part-ground font-semibold text-ink' : side === 'both' ? 'text-ink-2' : 'text-ink-3'
      }
    >
      <Side row={row} on="recorded" {...(line === undefined ? {} : { title: `line ${line}` })} />
      <td className="text-center text-ink-3">
        <span aria-hidden="true">{signs[side]}</span>
        <span className="sr-only">{said[side]}</span>
      </td>
      <Side row={row} on="model" />
    </tr>
  );
}

interface SideProps {
  readonly row: TreeRow;
  readonly on: 'recorded' | 'model';
  readonly title?: string;
}

function Side({ row: { side, fn, depth, excuse }, on, title }: SideProps) {
  const here = side === 'both' || side === on;
  return (
    <td
      title={title}
      className={classes('py-px align-top leading-4 [overflow-wrap:anywhere]', here && 'font-mono')}
      style={here ? { paddingInlineStart: `${depth * 0.3}rem` } : undefined}
    >
      {here ? <Breakable name={`${fn}()`} /> : excuse}
    </td>
  );
}

/** A name that is broken after its underscores where there is no room. */
function Breakable({ name }: { readonly name: string }) {
  return name.split(/(?<=_)/).map((part, at) => (
    // Parts of a name never change places.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ));
}
