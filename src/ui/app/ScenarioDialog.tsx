import { openScenario, type Scenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';
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
    scenarios.length + 1,
    scenarios.findIndex(({ id }) => id === session.scenario),
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
            {...item(scenarios.length)}
            onClick={() => open(previous)}
            className="m-3 cursor-pointer rounded-sm border border-line px-2 py-1 text-left text-xs hover:bg-raised"
          >
            Back to the run that you left: <span className="font-medium">{previous.program.title}</span>,{' '}
            {previous.nodes.length - 1} operations
          </button>
        )}
        {[...scenarioGroups].map(([title, members]) => (
          <section key={title} aria-label={title}>
            <h3 className="px-3 pt-3 pb-1 text-xs font-semibold text-ink-2">{title}</h3>
            <ul>
              {members.map((scenario) => (
                <Entry
                  key={scenario.id}
                  scenario={scenario}
                  current={scenario.id === session.scenario}
                  roving={item(scenarios.indexOf(scenario))}
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

interface EntryProps {
  readonly scenario: Scenario;
  readonly current: boolean;
  readonly roving: RovingItem;
  readonly onChoose: () => void;
}

function Entry({ scenario, current, roving, onChoose }: EntryProps) {
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
        <span className="block text-sm font-medium">{scenario.title}</span>
        <span className="block text-xs text-ink-2">
          <Prose>{scenario.claim}</Prose>
        </span>
      </button>
    </li>
  );
}
