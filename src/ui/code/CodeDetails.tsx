import { lazy, Suspense } from 'react';
import { functionLink, patchLinks } from '#kvm/links.ts';
import { patches } from '#kvm/kernels.ts';
import {
  argumentsOf,
  authorityWords,
  chartEventWords,
  markWords,
  readingsOf,
  type Reading,
} from '#session/code-details.ts';
import type { CodeColumn, TreeRow } from '#session/code-view.ts';
import { useOpenSource } from '../source/store.ts';
import { goToHunk, hunkName, useHunksOf } from '../patch/store.ts';
import { ExternalLink } from './ExternalLink.tsx';

interface Props {
  readonly row: TreeRow;
  readonly columns: readonly CodeColumn[];
  /** To a micro-step, counted from 1. */
  readonly onMicro: (micro: number) => void;
}

const SourceItem = lazy(async () => ({ default: (await import('../source/SourceItem.tsx')).SourceItem }));

const kinds: Readonly<Record<TreeRow['kind'], string>> = {
  function: 'Function',
  test: 'Test',
  effect: 'Effect',
  let: 'Local',
  return: 'Return',
  trace: 'Tracepoint',
};

/** Tell all about one row: where it stands, on whose word, what it read and did, how to get to it. */
export function CodeDetails({ row, columns, onMicro }: Props) {
  const hasSource = useOpenSource() !== undefined;
  return (
    <div role="row">
      <div role="gridcell" aria-colspan={columns.length + 1} className="border-b border-line bg-raised">
        <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 border-l-2 border-accent px-3 py-2 text-xs text-ink-2">
          <Item name={kinds[row.kind]}>
            <code className="font-mono font-semibold text-ink [overflow-wrap:anywhere]">{row.text}</code>
          </Item>
          <Source row={row} columns={columns} />
          {hasSource && (
            <Suspense>
              <SourceItem row={row} columns={columns} />
            </Suspense>
          )}
          <Authority row={row} />
          <Read row={row} columns={columns} />
          <Did row={row} columns={columns} />
          <Patched row={row} />
          <Hunks row={row} />
          <Micro row={row} columns={columns} onMicro={onMicro} />
        </dl>
      </div>
    </div>
  );
}

function Item({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

type RowProps = Pick<Props, 'row' | 'columns'>;

function Source({ row, columns }: RowProps) {
  const name = row.kind === 'function' ? (row.callee ?? row.owner) : row.owner;
  const fn = columns.map(({ kernel }) => kernel.functions[name]).find((found) => found !== undefined);
  const links = new Map(
    columns.flatMap(({ id, kernel }) => {
      const link = functionLink(kernel, name);
      return link ? [[link.href, { link, tree: kernel.base.id === id ? id : kernel.base.id }] as const] : [];
    }),
  );
  if (!fn) return null;
  return (
    <Item name={row.kind === 'function' ? 'Source' : 'In'}>
      <span className="flex flex-wrap gap-x-3">
        {row.kind !== 'function' && <code className="font-mono font-bold text-ink">{name}()</code>}
        {fn.visibility === 'processor' && (
          <span>no code of the kernel: what the processor does by itself</span>
        )}
        {[...links.values()].map(({ link, tree }) => (
          <span key={link.href}>
            {tree}: <ExternalLink link={link} name={`${name}() in ${tree}, ${link.label}`} />
          </span>
        ))}
        {fn.visibility === 'inlined' && (
          <span className="text-ink-3">inlined or not traced: absent from function traces</span>
        )}
        {fn.mark && <span className="text-ink-3">{markWords[fn.mark]}</span>}
      </span>
    </Item>
  );
}

function Authority({ row: { node, kind } }: { readonly row: TreeRow }) {
  if (!node?.by || (node.by === 'kvm' && node.source === undefined && kind !== 'test' && kind !== 'effect'))
    return null;
  return (
    <Item name="Authority">
      {authorityWords[node.by]}
      {node.source !== undefined && <span className="text-ink-3"> ({node.source})</span>}
      {node.mark && <span className="block text-ink-3">{markWords[node.mark]}</span>}
    </Item>
  );
}

/** What each kernel read there; kernels that read the same share an entry. */
function readings({
  row,
  columns,
}: RowProps): readonly { readonly kernels: readonly string[]; readonly read: readonly Reading[] }[] {
  const found = new Map<string, { kernels: string[]; read: readonly Reading[] }>();
  for (const [column, { id, made }] of columns.entries()) {
    const cell = row.cells[column];
    if (!made || !row.node || cell?.micro === undefined) continue;
    const read =
      row.kind === 'function'
        ? argumentsOf(made, row.node, cell.micro)
        : readingsOf(made, row.node, cell.micro);
    const key = JSON.stringify(read);
    const known = found.get(key);
    if (known) known.kernels.push(id);
    else found.set(key, { kernels: [id], read });
  }
  return [...found.values()];
}

function Read(props: RowProps) {
  const all = readings(props).filter(({ read }) => read.length > 0);
  return all.map(({ kernels, read }) => (
    <Item key={kernels.join()} name={props.row.kind === 'function' ? 'Called with' : 'Reads'}>
      {all.length > 1 && <p className="font-mono font-semibold">{kernels.join(', ')}</p>}
      <ul>
        {read.map(({ name, about, value }) => (
          <li key={name} className="[overflow-wrap:anywhere]">
            <code className="font-mono text-ink">
              {name} = {value}
            </code>
            <span className="text-ink-3"> {about}</span>
          </li>
        ))}
      </ul>
    </Item>
  ));
}

function Did({ row, columns }: RowProps) {
  const found = new Map<string, string[]>();
  for (const [column, { id }] of columns.entries()) {
    const run = row.cells[column]?.run;
    const words =
      run?.kind === 'node' && row.kind === 'effect'
        ? run.events.map(chartEventWords).join(', ') || 'nothing new'
        : undefined;
    if (words !== undefined) found.set(words, [...(found.get(words) ?? []), id]);
  }
  return [...found].map(([words, kernels]) => (
    <Item key={words} name="Does">
      {found.size > 1 && <span className="font-mono font-semibold">{kernels.join(', ')}: </span>}
      <code className="font-mono text-ink [overflow-wrap:anywhere]">{words}</code>
    </Item>
  ));
}

function Patched({ row: { marks } }: { readonly row: TreeRow }) {
  return marks.map(({ patch: id, sign, moved }) => {
    const patch = patches.find((one) => one.id === id);
    if (!patch) return null;
    const did =
      moved === undefined
        ? sign === '+'
          ? 'added'
          : 'removed'
        : sign === '+'
          ? `moved here from ${moved}()`
          : `moved to ${moved}()`;
    return (
      <Item key={sign + id} name={id}>
        {did} by &ldquo;{patch.subject}&rdquo;, {patch.author}, {patch.date}; {patch.status}{' '}
        <span className="inline-flex gap-x-2">
          {patchLinks(patch).map((link) => (
            <ExternalLink
              key={link.href}
              link={link}
              name={link.label === 'mail' ? `mail of ${id}` : `commit ${link.label} of ${id}`}
            />
          ))}
        </span>
      </Item>
    );
  });
}

/** The hunks of the visitor's patch that tie to the row. */
function Hunks({ row: { key } }: { readonly row: TreeRow }) {
  const hunks = useHunksOf(key);
  if (hunks.length === 0) return null;
  return (
    <Item name={hunks.length === 1 ? 'Hunk' : 'Hunks'}>
      <span className="flex flex-wrap gap-1.5">
        {hunks.map((hunk) => (
          <button
            key={hunk.id}
            type="button"
            className="rounded border border-line-strong bg-panel px-1.5 font-mono text-2xs text-ink hover:border-accent"
            title="Show it in the sheet of the patches"
            onClick={() => goToHunk(hunk)}
          >
            {hunkName(hunk)}
          </button>
        ))}
      </span>
    </Item>
  );
}

function Micro({ row, columns, onMicro }: Props) {
  const steps = columns.flatMap(({ id, made }, column) => {
    const micro = row.cells[column]?.micro;
    return made && micro !== undefined ? [{ id, micro: micro + 1, total: made.moments.length }] : [];
  });
  if (steps.length === 0) return null;
  return (
    <Item name="Node">
      <span className="flex flex-wrap gap-1.5">
        {steps.map(({ id, micro, total }) => (
          <button
            key={id}
            type="button"
            className="rounded border border-line-strong bg-panel px-1.5 text-2xs text-ink hover:border-accent"
            onClick={() => onMicro(micro)}
          >
            {id}: go to {micro} of {total}
          </button>
        ))}
      </span>
    </Item>
  );
}
