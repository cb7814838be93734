import type { Stop } from '#program/talk.ts';
import { markdownText, parseMarkdown } from '#session/markdown.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import type { Notes } from './useNotes.ts';

interface Props {
  readonly notes: Notes;
  readonly onStop: (index: number) => void;
}

/** What a stop is called in the list: its title, else how it begins. */
function nameOf({ title, text }: Stop): string {
  const begin = markdownText(parseMarkdown(text.slice(0, 200))).split('\n')[0] ?? '';
  return (title ?? '') || begin || 'empty';
}

const bringIntoView = (item: HTMLElement | null): void => item?.scrollIntoView({ block: 'nearest' });

/** The stops in their order, the one that is edited marked, and what can be done with it. */
export function StopList({ notes, onStop }: Props) {
  const { talk, index, stop, place, removed } = notes;
  return (
    <section aria-label="Stops" className="px-2 pt-1.5">
      <ol className="max-h-44 overflow-y-auto rounded-sm border border-line">
        {talk.stops.map((one, at) => (
          // Stops have no names of their own.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} ref={at === index ? bringIntoView : undefined}>
            <button
              type="button"
              aria-current={at === index || undefined}
              onClick={() => onStop(at)}
              className={classes(
                'flex w-full cursor-pointer gap-2 border-l-2 px-1.5 py-0.5 text-left text-xs hover:bg-raised',
                at === index ? 'border-accent bg-accent-ground' : 'border-transparent',
              )}
            >
              <span className="w-5 shrink-0 text-right font-mono text-2xs leading-4 text-ink-2">
                {at + 1}
              </span>
              <span className="min-w-0 flex-1 truncate">{nameOf(one)}</span>
              <span className="shrink-0 text-2xs leading-4 text-ink-2">step {one.at}</span>
            </button>
          </li>
        ))}
        {talk.stops.length === 0 && <li className="px-2 py-1 text-xs text-ink-2">No stop yet.</li>}
      </ol>
      <div role="group" aria-label="Change the stops" className="flex flex-wrap gap-1 py-1">
        <Button
          off={place === undefined}
          title={
            place
              ? 'At the step that is shown'
              : 'A stop stands on the program’s own way, at the end of a step'
          }
          onClick={notes.add}
        >
          Add a stop here
        </Button>
        <Button off={index === 0} label="Move the stop up" onClick={() => notes.move(-1)}>
          ↑
        </Button>
        <Button off={index + 1 >= talk.stops.length} label="Move the stop down" onClick={() => notes.move(1)}>
          ↓
        </Button>
        <Button off={stop === undefined} onClick={notes.remove}>
          Delete
        </Button>
        {removed && <Button onClick={notes.undo}>Undo the delete</Button>}
      </div>
    </section>
  );
}
