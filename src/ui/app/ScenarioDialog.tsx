import { openScenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { openTour } from '#scenarios/talks.ts';
import { tours } from '#scenarios/tours.ts';
import type { Session } from '#session/session.ts';
import { classes } from '../shared/classes.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { Prose } from '../shared/Prose.tsx';
import { useRoving, type RovingItem } from '../shared/useRoving.ts';
import { scenarioGroups } from './scenario-groups.ts';

interface Props {
  readonly session: Session;
  readonly previous: Session | undefined;
  readonly onOpen: (session: Session) => void;
  readonly onClose: () => void;
}

/** Offer every scenario with what it claims, and the way back to the run that was left for this one. */
export function ScenarioDialog({ session, previous, onOpen, onClose }: Props) {
  const { group, item } = useRoving<HTMLDivElement>(
    tours.length + scenarios.length + 1,
    currentIndex(session),
  );
  const open = (opened: Session): void => {
    onOpen(opened);
    onClose();
  };
  return (
    <Dialog title="Scenarios" onClose={onClose}>
      <div {...group} role="toolbar" aria-label="Scenarios" aria-orientation="vertical" className="pb-2">
        {previous && (
          <button
            type="button"
            {...item(tours.length + scenarios.length)}
            onClick={() => open(previous)}
            className="m-3 cursor-pointer rounded-sm border border-line px-2 py-1 text-left text-xs hover:bg-raised"
          >
            Back to the run that you left: <span className="font-medium">{previous.program.title}</span>,{' '}
            {previous.nodes.length - 1} operations
          </button>
        )}
        <section aria-label="Talks">
          <h3 className="px-3 pt-3 pb-1 text-xs font-semibold text-ink-2">Talks</h3>
          <ul>
            {tours.map((tour, index) => (
              <Entry
                key={tour.id}
                title={`${tour.title}, ${tour.stops.length} stops`}
                claim={tour.claim}
                current={isOnTour(session, tour.id)}
                roving={item(index)}
                onChoose={() => open(openTour(tour))}
              />
            ))}
          </ul>
        </section>
        {[...scenarioGroups].map(([title, members]) => (
          <section key={title} aria-label={title}>
            <h3 className="px-3 pt-3 pb-1 text-xs font-semibold text-ink-2">{title}</h3>
            <ul>
              {members.map((scenario) => (
                <Entry
                  key={scenario.id}
                  title={scenario.title}
                  claim={scenario.claim}
                  current={session.talk?.kind !== 'tour' && scenario.id === session.scenario}
                  roving={item(tours.length + scenarios.indexOf(scenario))}
                  onChoose={() => open(openScenario(scenario))}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const isOnTour = ({ talk }: Session, id: string): boolean => talk?.kind === 'tour' && talk.id === id;

/** Where the list of talks and scenarios begins: at what runs. */
function currentIndex(session: Session): number {
  const tour = tours.findIndex(({ id }) => isOnTour(session, id));
  const scenario = scenarios.findIndex(({ id }) => id === session.scenario);
  return tour >= 0 || scenario < 0 ? tour : tours.length + scenario;
}

interface EntryProps {
  readonly title: string;
  readonly claim: string;
  readonly current: boolean;
  readonly roving: RovingItem;
  readonly onChoose: () => void;
}

function Entry({ title, claim, current, roving, onChoose }: EntryProps) {
  return (
    <li>
      <button
        type="button"
        {...roving}
        aria-current={current || undefined}
        data-autofocus={current || undefined}
        onClick={onChoose}
        className={classes(
          'block w-full cursor-pointer border-l-2 px-3 py-1.5 text-left hover:bg-raised',
          current ? 'border-accent bg-accent-ground' : 'border-transparent',
        )}
      >
        <span className="block text-sm font-medium">{title}</span>
        <span className="block text-xs text-ink-2">
          <Prose>{claim}</Prose>
        </span>
      </button>
    </li>
  );
}
