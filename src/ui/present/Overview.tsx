import { useState, type FormEvent } from 'react';

import { standingOf } from '#scenarios/talks.ts';
import { markdownText, parseMarkdown } from '#session/markdown.ts';
import { branchThrough, moveTo, type Session } from '#session/session.ts';
import { nodeWords } from '#session/branch-list.ts';
import { Button } from '../shared/Button.tsx';
import { classes } from '../shared/classes.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { useRoving, type RovingItem } from '../shared/useRoving.ts';

interface Props {
  readonly session: Session;
  readonly kernel: string;
  readonly onStop: (index: number) => void;
  readonly onMove: (move: (session: Session) => Session) => void;
  readonly onClose: () => void;
}

interface Place {
  /** What is typed to go there. */
  readonly number: number;
  readonly title: string;
  /** Small, at the end. */
  readonly aside: string;
  readonly text: string;
  readonly current: boolean;
  readonly go: () => void;
}

type Going = Pick<Props, 'session' | 'kernel' | 'onStop' | 'onMove'>;

/** The stops of the talk; without a talk, the steps of the way. */
function placesOf({ session, kernel, onStop, onMove }: Going): {
  readonly kind: 'stop' | 'step';
  readonly places: readonly Place[];
} {
  const standing = standingOf(session);
  if (standing) {
    const places = standing.talk.stops.map(({ title, text, at }, index) => ({
      number: index + 1,
      title: title ?? '',
      aside: `step ${at}`,
      text: markdownText(parseMarkdown(text)),
      current: index === standing.index,
      go: () => onStop(index),
    }));
    return { kind: 'stop', places };
  }
  const places = branchThrough(session, session.cursor.node).map((node, index) => ({
    number: index,
    title: `Step ${index}`,
    aside: '',
    text: nodeWords(session, node, kernel),
    current: node.id === session.cursor.node,
    go: () => onMove((now) => moveTo(now, { node: node.id })),
  }));
  return { kind: 'step', places };
}

/** Every stop of the talk, or every step of the way where there is no talk: go to one by its number or by choosing it. */
export function Overview({ session, kernel, onStop, onMove, onClose }: Props) {
  const [number, setNumber] = useState('');
  const { kind, places } = placesOf({ session, kernel, onStop, onMove });
  const { group, item } = useRoving<HTMLOListElement>(
    places.length,
    places.findIndex(({ current }) => current),
  );
  const chosen = places.find((place) => String(place.number) === number.trim());
  const choose = (place: Place): void => {
    place.go();
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen) choose(chosen);
  };
  return (
    <Dialog title="Overview" onClose={onClose}>
      <form onSubmit={submit} className="flex items-center gap-2 border-b border-line px-3 py-2 text-xs">
        <label htmlFor="overview-number">Go to {kind}</label>
        <input
          id="overview-number"
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          value={number}
          onChange={({ target }) => setNumber(target.value)}
          className="h-7 w-16 rounded-sm border border-line-strong bg-panel px-2 font-mono"
        />
        <Button off={chosen === undefined} onClick={() => chosen && choose(chosen)}>
          Go
        </Button>
        <span role="status" className="text-ink-2">
          {number !== '' &&
            !chosen &&
            `There are ${places[0]?.number ?? 0} to ${places.at(-1)?.number ?? 0}.`}
        </span>
      </form>
      <ol {...group} className="py-1">
        {places.map((place, index) => (
          <Entry key={place.number} place={place} roving={item(index)} onChoose={() => choose(place)} />
        ))}
      </ol>
    </Dialog>
  );
}

interface EntryProps {
  readonly place: Place;
  readonly roving: RovingItem;
  readonly onChoose: () => void;
}

function Entry({ place: { number, title, aside, text, current }, roving, onChoose }: EntryProps) {
  return (
    <li>
      <button
        type="button"
        {...roving}
        aria-current={current ? 'step' : undefined}
        onClick={onChoose}
        className={classes(
          'grid w-full cursor-pointer grid-cols-[2rem_1fr_auto] gap-x-2 border-l-2 px-3 py-1.5 text-left text-xs hover:bg-raised',
          current ? 'border-accent bg-accent-ground' : 'border-transparent',
        )}
      >
        <span className="text-right font-mono text-ink-2">{number}</span>
        <span className="min-w-0">
          <b className="font-semibold">{title}</b>
          <span className="line-clamp-2 text-ink-2">{text}</span>
        </span>
        <span className="text-2xs text-ink-3">{aside}</span>
      </button>
    </li>
  );
}
