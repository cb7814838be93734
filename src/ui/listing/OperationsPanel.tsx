import { useId, useState } from 'react';

import { choicesAt, isUserspaceOp, type Choice } from '#session/possible.ts';
import { append } from '#session/session.ts';
import { stepForward } from '#session/steps.ts';
import { forwardOf } from '#session/summary.ts';
import type { PanelProps } from '../panels.ts';
import { classes } from '../shared/classes.ts';
import { Kbd } from '../shared/Kbd.tsx';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { useShortcuts } from '../settings/single-keys.ts';
import { ChoiceGroup } from './ChoiceGroup.tsx';

/** What comes next in the program, and everything else that could be done instead. */
export function OperationsPanel({ session, views, dispatch, focus }: PanelProps) {
  const note = useId();
  const [looked, setLooked] = useState<string>();
  const view = views[focus];
  if (!view) return null;
  const choices = choicesAt(view.derived.state);
  const groups = [
    { title: 'Guest', choices: choices.filter(({ op }) => !isUserspaceOp(op)) },
    { title: 'Userspace', choices: choices.filter(({ op }) => isUserspaceOp(op)) },
  ];
  const onDo = ({ op }: Choice): void => dispatch((now) => append(now, now.cursor.node, { kind: 'do', op }));
  const shown = choices.find(({ label }) => label === looked);
  return (
    <PanelFrame
      title="Next operation"
      aside={<span className="truncate text-2xs text-ink-3">or any other, as a branch</span>}
      footer={<Reason id={note} choice={shown} />}
    >
      <Next {...{ session, views, focus, dispatch }} />
      {/* What is possible comes first. */}
      {groups
        .toSorted((left, right) => possible(right.choices) - possible(left.choices))
        .map((group) => (
          <ChoiceGroup key={group.title} {...group} note={note} onDo={onDo} onLook={setLooked} />
        ))}
    </PanelFrame>
  );
}

const possible = (choices: readonly Choice[]): number =>
  choices.some(({ whyNot }) => whyNot === undefined) ? 1 : 0;

/** Why the choice that is looked at is impossible, or what will come of it. */
function Reason({ id, choice }: { readonly id: string; readonly choice: Choice | undefined }) {
  const words = choice?.whyNot ?? choice?.caution;
  return (
    <p
      id={id}
      className="sticky bottom-0 max-h-24 min-h-10 shrink-0 overflow-y-auto border-t border-line bg-raised px-2 py-0.5 text-2xs text-ink-2"
    >
      {choice === undefined && 'Dashed operations are impossible now: point at one, or focus it, to see why.'}
      {choice !== undefined && (
        <>
          <code className="font-mono text-ink">{choice.label}</code>
          {choice.whyNot !== undefined && <span className="text-danger"> is not possible: </span>}
          {choice.whyNot === undefined && ': '}
          {words ?? 'possible now.'}
        </>
      )}
    </p>
  );
}

function Next({
  session,
  views,
  focus,
  dispatch,
}: Pick<PanelProps, 'session' | 'views' | 'focus' | 'dispatch'>) {
  const { label, actor, kind, why } = forwardOf(session, views, focus);
  return (
    <div className="p-2 pb-1">
      <button
        type="button"
        aria-disabled={why !== undefined || undefined}
        aria-keyshortcuts={useShortcuts('ArrowRight')}
        onClick={() => dispatch(stepForward)}
        className={classes(
          'flex w-full items-center gap-2 rounded-sm border px-2 py-1 text-left text-xs',
          why === undefined
            ? 'cursor-pointer border-accent bg-accent-ground text-accent hover:border-ink-2'
            : 'cursor-default border-dashed border-line-strong text-ink-3',
        )}
      >
        <Kbd>→</Kbd>
        <span className="min-w-0 break-words">
          {why !== undefined && <>Nothing comes next: {why}</>}
          {why === undefined && (
            <>
              {kind === 'known' && 'Go on to '}
              {kind === 'rest' && 'The rest of '}
              <code className="font-mono font-semibold">{label}</code>
              {actor !== undefined && ` by ${actor}`}
            </>
          )}
        </span>
      </button>
      <Elsewhere {...{ views, focus }} />
    </div>
  );
}

/** Kernels that stop here, or that do something else. */
function Elsewhere({ views, focus }: Pick<PanelProps, 'views' | 'focus'>) {
  const own = views[focus]?.next;
  const stopped = views.filter(({ next }) => next.kind === 'stop' && own?.kind !== 'stop');
  if (stopped.length === 0) return null;
  return (
    <p className="mt-1 text-2xs text-ink-2">
      {stopped.map(({ kernel, next }) => (
        <span key={kernel} className="block">
          <code className="font-mono text-ink">{kernel}</code> stays: {next.kind === 'stop' && next.why}
        </span>
      ))}
    </p>
  );
}
