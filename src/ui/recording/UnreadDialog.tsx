import { figure } from '#base/figures.ts';
import type { RecordingSummary } from '#trace/questions.ts';
import { Dialog } from '../shared/Dialog.tsx';

interface Props {
  readonly summary: RecordingSummary;
  readonly onClose: () => void;
}

/** Lines that were not understood, of each kind the first; and what notes say. */
export function UnreadDialog({ summary: { unread, notes }, onClose }: Props) {
  return (
    <Dialog title="Lines that were not read as events" size="wide" onClose={onClose}>
      <div className="flex flex-col gap-4 p-3 text-xs">
        <section aria-label="Not understood" className="flex flex-col gap-2">
          <h3 className="font-semibold text-ink-2">Not understood</h3>
          {unread.length === 0 && <p>Every line was understood.</p>}
          {unread.map(({ what, count, line, text }) => (
            <div key={what}>
              <p>
                <span className="font-mono">{what}</span>: {figure(count)} {count === 1 ? 'line' : 'lines'};
                the first is line {figure(line)}
              </p>
              <Raw text={text} />
            </div>
          ))}
        </section>
        <section aria-label="Comments and markers" className="flex flex-col gap-1">
          <h3 className="font-semibold text-ink-2">The first comments and markers</h3>
          {notes.length === 0 && <p>There are none.</p>}
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 font-mono text-2xs">
            {notes.map(({ line, text }) => (
              <div key={line} className="contents">
                <dt className="text-right text-ink-3 tabular-nums">{figure(line)}</dt>
                <dd className="[overflow-wrap:anywhere] whitespace-pre-wrap">{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Raw({ text }: { readonly text: string }) {
  return (
    <pre className="border border-line bg-raised p-1 font-mono text-2xs [overflow-wrap:anywhere] whitespace-pre-wrap">
      {text}
    </pre>
  );
}
