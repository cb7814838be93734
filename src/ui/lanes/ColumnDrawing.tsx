import { present } from '#base/assert.ts';
import type { StepRun } from '#program/runner.ts';
import type { Lane, LaneStep } from '#session/lanes.ts';
import { outcomeWords } from '#session/words.ts';
import { Bar, Connector, Lines, StopMark } from './drawing.tsx';
import {
  barHeight,
  barLane,
  corruptWords,
  isShutdown,
  ranAsAnother,
  rem,
  rowsHeight,
  wrapped,
  type LaneRow,
} from './lane-geometry.ts';
import { laneTones } from './lane-tones.ts';

interface Props {
  readonly step: LaneStep;
  readonly rows: readonly LaneRow[];
  readonly width: number;
  /** It lies after the cursor: → would do it again. */
  readonly ahead: boolean;
  /** How much of it the cursor has passed, from 0 to 1. */
  readonly done: number;
}

/** Draw one operation: who does it, the way through KVM, who runs next. */
export function ColumnDrawing(props: Props) {
  const { step, rows, width } = props;
  const height = rowsHeight(rows);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      width={rem(width)}
      height={rem(height)}
      className="block overflow-visible"
    >
      {step.made ? (
        <>
          <Way {...place(props)} />
          <Words {...place(props)} />
        </>
      ) : (
        <Lines lines={wrapped(`stands still: ${step.label}`, width - 12, 5)} x={6} y={18} tone="fill-ink-3" />
      )}
    </svg>
  );
}

/** The lanes and places of one operation's drawing. */
interface Placed {
  readonly step: LaneStep & { readonly made: StepRun };
  readonly from: LaneRow;
  readonly kvm: LaneRow;
  readonly to: LaneRow;
  /** Where KVM begins, and where it is done. */
  readonly middle: number;
  readonly end: number;
  readonly width: number;
  readonly ahead: boolean;
  readonly done: number;
}

function place({ step, rows, width, ahead, done }: Props): Placed {
  const row = (lane: Lane): LaneRow =>
    present(
      rows.find((one) => one.lane === lane),
      `lane ${lane}`,
    );
  return {
    step: { ...step, made: present(step.made, 'a step that moved') },
    from: row(barLane(step)),
    kvm: row('KVM'),
    to: row(step.to),
    middle: step.viaKvm ? Math.round(width * 0.46) : width,
    end: width - 16,
    width,
    ahead,
    done,
  };
}

/** Draw the bars, and the arrows between the lanes. */
function Way({ step, from, kvm, to, middle, end, width, ahead, done }: Placed) {
  const [before, after] = [from.bar + barHeight / 2, kvm.bar + barHeight / 2];
  const notYet = ahead || done < 1;
  return (
    <>
      <Bar x={0} y={from.bar} width={middle} lane={from.lane} hatched={ranAsAnother(step)} ahead={ahead} />
      {step.viaKvm && (
        <>
          <Connector x={middle} from={before} to={edge(kvm, from)} lane={from.lane} ahead={ahead} />
          <Bar x={middle} y={kvm.bar} width={end - middle} lane="KVM" ahead={ahead} done={done} />
          <Connector x={end} from={after} to={edge(to, kvm)} lane="KVM" ahead={notYet} />
          {isShutdown(step) ? (
            <StopMark x={end} y={to.bar + barHeight / 2} ahead={notYet} />
          ) : (
            <Bar
              x={end}
              y={to.bar}
              width={width - end}
              lane={to.lane}
              hatched={step.corrupt}
              ahead={notYet}
            />
          )}
        </>
      )}
    </>
  );
}

/** Write what was done, why it came to KVM, what came of it, and what is wrong with that. */
function Words({ step, from, kvm, to, end, width, ahead }: Placed) {
  const { actor, context, exit, outcome } = step.made.step;
  const pale = ahead ? 'fill-ink-3' : undefined;
  const hue = pale ?? laneTones[from.lane].fill;
  const danger = pale ?? 'fill-danger';
  const isStray = ranAsAnother(step);
  const stray = `${actor}'s code as ${context ?? ''}`;
  const label = isStray ? [step.label, stray] : wrapped(step.label, width - 6, from.lines);
  const words = corruptWords(step);
  const came = step.viaKvm || outcome.kind !== 'resume' ? outcomeWords(outcome) : 'no #VMEXIT';
  return (
    <>
      <Lines
        lines={from.lines < label.length ? wrapped(label.join(': '), width - 6, from.lines) : label}
        x={5}
        y={from.bar - 5}
        up
        firstTone={hue}
        tone={isStray ? danger : hue}
        bold
      />
      <Lines
        lines={[
          ...(exit === null ? [] : [exit]),
          ...wrapped(came, width - 6, kvm.lines - (exit === null ? 0 : 1)),
        ]}
        x={5}
        y={kvm.bar - 5}
        up
        firstTone={exit === null ? undefined : (pale ?? 'fill-kvm')}
        tone={pale ?? (step.viaKvm ? 'fill-ink' : 'fill-ink-3')}
      />
      {words !== undefined && from !== to && (
        <Lines lines={[words]} x={end - 5} y={to.bar - 5} anchor="end" tone={danger} bold />
      )}
    </>
  );
}

/** The side of a lane's bar at which an arrow from another lane arrives. */
function edge(of: LaneRow, from: LaneRow): number {
  return from.top < of.top ? of.bar : of.bar + barHeight;
}
