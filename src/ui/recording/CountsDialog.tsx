import { figure } from '#base/figures.ts';
import type { RecordingSummary } from '#trace/questions.ts';
import { eventQuery, reasonQuery } from '#trace/query.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { lookAt } from './store.ts';

interface Props {
  readonly summary: RecordingSummary;
  readonly onClose: () => void;
}

/** How often each event and each reason occurs. A click lists them. */
export function CountsDialog({ summary: { counts, reasons }, onClose }: Props) {
  const filter = (query: string): void => {
    lookAt({ query, only: true, tab: 'events' });
    onClose();
  };
  return (
    <Dialog title="Events by name and reason" size="wide" onClose={onClose}>
      <div className="grid gap-6 p-3 md:grid-cols-2">
        <Counts
          title="Events by name"
          rows={counts.map(({ name, count }) => ({ what: name, count, query: eventQuery(name) }))}
          onFilter={filter}
        />
        <Counts
          title="kvm_exit by reason"
          rows={reasons.map(({ reason, count }) => ({ what: reason, count, query: reasonQuery(reason) }))}
          onFilter={filter}
        />
      </div>
    </Dialog>
  );
}

interface CountsProps {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly count: number; readonly query: string }[];
  readonly onFilter: (query: string) => void;
}

function Counts({ title, rows, onFilter }: CountsProps) {
  return (
    <table className="w-full self-start text-xs">
      <caption className="mb-1 text-left font-semibold text-ink-2">{title}</caption>
      <thead className="sr-only">
        <tr>
          <th>what</th>
          <th>count</th>
          <th>action</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ what, count, query }) => (
          <tr key={what} className="border-t border-line">
            <th scope="row" className="text-left font-mono font-normal [overflow-wrap:anywhere]">
              {what}
            </th>
            <td className="px-2 text-right font-mono tabular-nums">{figure(count)}</td>
            <td className="w-16 text-right">
              <Button tone="quiet" label={`List ${what}`} onClick={() => onFilter(query)}>
                List
              </Button>
            </td>
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td className="text-ink-3">None</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
