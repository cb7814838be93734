import { figure } from '#base/figures.ts';
import { lineWords, stepTitle, whereWords } from '#trace/alignment-words.ts';
import type { AlignedStep, Alignment } from '#trace/questions.ts';
import { Button } from '../shared/Button.tsx';
import { lookAt } from './store.ts';

interface Props {
  readonly alignment: Alignment;
  /** The chosen event. */
  readonly cursor: number;
}

const onCursor = (cursor: number): void => lookAt({ cursor });

/** The mismatch at the cursor, else the first; with ways to the next and to the one before. */
export function Mismatches({ alignment: { mismatches, impossible, kernel }, cursor }: Props) {
  const [first] = mismatches;
  if (!first) return null;
  const at = mismatches.findIndex(({ from, to }) => from <= cursor && cursor < to);
  const shown = mismatches[at] ?? first;
  const next = mismatches.find(({ from }) => from > cursor);
  const before = mismatches.findLast(({ to }) => to <= cursor);
  return (
    <section aria-label="Mismatches" className="flex flex-col gap-1.5 border-l-2 border-danger pl-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <h3 className="min-w-0 flex-1 font-semibold text-danger">
          {at < 0 ? 'The first mismatch' : `Mismatch ${figure(at + 1)} of ${figure(impossible)}`}
        </h3>
        {at < 0 && <Button onClick={() => onCursor(first.from)}>Go to it</Button>}
        <Button
          label="Mismatch before the cursor"
          off={!before}
          onClick={() => before && onCursor(before.from)}
        >
          ‹
        </Button>
        <Button label="Mismatch after the cursor" off={!next} onClick={() => next && onCursor(next.from)}>
          ›
        </Button>
      </div>
      <p className="text-2xs text-ink-3">
        {lineWords(shown.lines)}: <span className="font-mono text-ink-2">{stepTitle(shown)}</span>
        {shown.context !== undefined && `, ${whereWords(shown.context)}`}
      </p>
      <BothSides step={shown} kernel={kernel} />
      {impossible > mismatches.length && (
        <p className="text-2xs text-ink-3">The first {figure(mismatches.length)} are listed.</p>
      )}
    </section>
  );
}

/** What was recorded, and what the kernel does instead. */
export function BothSides({ step, kernel }: { readonly step: AlignedStep; readonly kernel: string }) {
  const { recorded, expected } = step;
  const parts = recorded.findIndex((line, at) => line !== expected[at]);
  const same = parts < 0 ? recorded.length : parts;
  return (
    <>
      <p className="text-ink">
        {step.why}
        {parts < 0 &&
          recorded.length === expected.length &&
          ': the events are the same, the functions are not'}
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        <Side title="Recorded" lines={recorded} same={same} />
        <Side title={`The model, ${kernel}`} lines={expected} same={same} />
      </div>
    </>
  );
}

interface SideProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** So many lines are those of the other side. */
  readonly same: number;
}

function Side({ title, lines, same }: SideProps) {
  return (
    <div className="min-w-0">
      <h4 className="text-2xs font-semibold text-ink-2">{title}</h4>
      {lines.length === 0 ? (
        <p className="text-2xs text-ink-3">nothing</p>
      ) : (
        <ol className="font-mono text-2xs [overflow-wrap:anywhere]">
          {lines.map((line, at) => (
            // Lines of one step never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at} className={at < same ? 'text-ink-2' : 'bg-part-ground font-semibold text-ink'}>
              {line}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
