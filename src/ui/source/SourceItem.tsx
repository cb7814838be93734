import type { CodeColumn, TreeRow } from '#session/code-view.ts';
import type { Tie } from '#source/c/tie.ts';
import { showSource, useOpenSource } from './store.ts';

interface Props {
  readonly row: TreeRow;
  readonly columns: readonly CodeColumn[];
}

const doubts: Readonly<Record<Tie['how'], string>> = {
  sure: '',
  order: ', by its place between others: not sure',
  apart: ', where the order of the model has it elsewhere: not sure',
};

/** The function that a row of the tree stands in, and its node there. */
function placeOf({ kind, owner, nodeId, callee }: TreeRow): readonly [string, string | undefined] {
  return kind === 'function' && nodeId === undefined ? [callee ?? owner, undefined] : [owner, nodeId];
}

const button =
  'rounded border border-line-strong bg-panel px-1.5 text-2xs text-ink hover:border-accent cursor-pointer';

/** Say where a row of the tree stands in the visitor's own source, with a way there; why not, where it does not. */
export function SourceItem({ row, columns }: Props) {
  const source = useOpenSource();
  const [name, id] = placeOf(row);
  const column = columns.find(({ kernel }) => kernel.functions[name]);
  const fn = column?.kernel.functions[name];
  if (!source || !column || !fn) return null;
  const tied = source.opened.tied(column.kernel, fn);
  const tie = id === undefined ? undefined : tied?.ties.get(id);
  const place =
    tie ?? (id === undefined && tied ? { source: tied.source, from: tied.source.nameLine } : undefined);
  const why = id === undefined ? undefined : tied?.untied.get(id);
  return (
    <>
      <dt className="text-ink-3">Yours</dt>
      <dd className="min-w-0">
        {place ? (
          <>
            <button
              type="button"
              className={button}
              onClick={() => showSource({ shown: true, goal: { fn: name, line: place.from } })}
            >
              line {place.from} of {place.source.file.slice(place.source.file.lastIndexOf('/') + 1)}
            </button>
            <span className="text-ink-3">
              {tie?.through !== undefined && `, through ${tie.through}`}
              {tie && tie.source !== tied?.source && `, in ${tie.source.name}()`}
              {tie && doubts[tie.how]}
              {tie?.inverted === true && ', asked the other way round'}
            </span>
          </>
        ) : (
          <span className="text-ink-3">
            {why ? `no line: ${why}` : `${name}() is not in the files that are open`}
          </span>
        )}
      </dd>
    </>
  );
}
