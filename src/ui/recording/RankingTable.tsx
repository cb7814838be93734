import { figure } from '#base/figures.ts';
import type { Ranking } from '#trace/questions.ts';
import { classes } from '../shared/classes.ts';

interface Props {
  readonly ranking: Ranking;
  readonly kernel: string | undefined;
  readonly onKernel: (id: string) => void;
}

/** Signs stand for verdicts as in the bar below; the whole words are in the titles, and read aloud. */
const columns = [
  { title: 'Place', shown: '#' },
  { title: 'Kernel', shown: 'Kernel' },
  { title: 'Explained', shown: '✓ expl.' },
  { title: 'Unexplained', shown: '– unexpl.' },
  { title: 'Impossible', shown: '✗ imposs.' },
  { title: 'Assumed', shown: 'assumed' },
] as const;

/** Kernels by how well they explain a recording, best first. */
export function RankingTable({ ranking: { kernels, words }, kernel, onKernel }: Props) {
  const isAssumed = kernels.some(({ assumed }) => assumed > 0);
  return (
    <section aria-label="Kernels by how well they explain it" className="flex flex-col gap-1">
      <p className="text-ink">{words}</p>
      <div className="overflow-x-auto">
        <table className="w-full border-collapse text-2xs tabular-nums">
          <Head isAssumed={isAssumed} />
          <tbody>
            {kernels.map(({ kernel: id, place, events, impossible, assumed }) => (
              <tr key={id} className={classes('border-b border-line', id === kernel && 'bg-accent-ground')}>
                <td className="px-1 text-right text-ink-2">{place}</td>
                <th scope="row" className="px-1 text-left font-normal">
                  <button
                    type="button"
                    aria-pressed={id === kernel}
                    onClick={() => onKernel(id)}
                    className="min-h-6 cursor-pointer font-mono text-xs whitespace-nowrap text-accent underline-offset-2 hover:underline"
                  >
                    {id}
                  </button>
                </th>
                <td className="px-1 text-right">{figure(events.explained)}</td>
                <td className="px-1 text-right text-ink-2">{figure(events.unexplained)}</td>
                <td
                  className={classes('px-1 text-right', events.impossible > 0 && 'font-semibold text-danger')}
                >
                  {figure(events.impossible)}
                  <span className="sr-only"> events, {figure(impossible)} steps</span>
                </td>
                {isAssumed && <td className="px-1 text-right text-ink-2">{figure(assumed)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-2xs text-ink-3">
        Events{isAssumed && '; assumed: operations of userspace that no event shows'}. Choose a kernel to see
        more.
      </p>
    </section>
  );
}

function Head({ isAssumed }: { readonly isAssumed: boolean }) {
  return (
    <thead>
      <tr className="border-b border-line text-ink-2">
        {columns
          .filter(({ title }) => isAssumed || title !== 'Assumed')
          .map(({ title, shown }, at) => (
            <th
              key={title}
              scope="col"
              title={title}
              className={classes(
                'px-1 py-1 font-semibold whitespace-nowrap',
                at === 1 ? 'text-left' : 'text-right',
              )}
            >
              <span aria-hidden="true">{shown}</span>
              <span className="sr-only">{title}</span>
            </th>
          ))}
      </tr>
    </thead>
  );
}
