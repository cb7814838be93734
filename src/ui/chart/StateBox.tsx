import { classes } from '../shared/classes.ts';
import type { RovingItem } from '../shared/useRoving.ts';
import { stateFont, stateMark, textWidth } from './layout/metrics.ts';
import type { Box } from './layout/types.ts';
import type { Tone } from './tones.ts';

interface Props {
  /** `region.state`. */
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** What leads out of it, in words. */
  readonly ways: string;
  readonly box: Box;
  readonly tone: Tone;
  readonly current: boolean;
  readonly left: boolean;
  /** Nothing is known of its region. */
  readonly unknown: boolean;
  readonly selected: boolean;
  /** Kernels that are here, as one text; empty where all shown ones agree. */
  readonly tags: string;
  readonly ownTag: boolean;
  readonly roving: RovingItem;
  readonly onSelect: () => void;
}

const tagFont = 10.5;

/** Draw a state: lit if it is current, dashed if it was left in this step, dotted where nothing is known of it. */
export function StateBox(props: Props) {
  const { id, label, ways, box, selected, roving, onSelect } = props;
  return (
    <g
      role="button"
      aria-label={label}
      // Every role may have a description, since ARIA 1.3.
      // oxlint-disable-next-line jsx-a11y/role-supports-aria-props
      aria-description={ways}
      data-state={id}
      aria-pressed={selected}
      {...roving}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onSelect();
      }}
      transform={`translate(${box.x} ${box.y})`}
      className="group cursor-pointer outline-none!"
    >
      <title>{label}</title>
      <rect
        x={-3}
        y={-3}
        width={box.width + 6}
        height={box.height + 6}
        rx={6}
        strokeWidth={1.5}
        className={classes(
          'fill-none group-focus-visible:stroke-accent',
          selected ? 'stroke-accent' : 'stroke-transparent group-hover:stroke-line-strong',
        )}
      />
      <Shape {...props} />
      <Texts {...props} />
    </g>
  );
}

function Shape({ box: { width, height }, tone, current, left, unknown }: Props) {
  return (
    <rect
      width={width}
      height={height}
      rx={4}
      strokeWidth={current ? 2 : left ? 1.25 : 1}
      strokeDasharray={left ? '4 3' : unknown ? '1.5 2.5' : undefined}
      className={classes(
        current ? tone.box : left || unknown ? 'fill-panel stroke-ink-3' : 'fill-panel stroke-line-strong',
      )}
    />
  );
}

function Texts({ name, box: { width, height }, tone, current, unknown, tags, ownTag }: Props) {
  const middle = tags === '' ? height / 2 : 8.5;
  const ring = tags === '' ? 'fill-none stroke-line-strong' : 'fill-none stroke-ink-2';
  return (
    <>
      {!unknown && (
        <circle cx={9} cy={middle} r={2.75} strokeWidth={1.25} className={current ? tone.mark : ring} />
      )}
      <text
        x={stateMark + 2}
        y={middle + 4}
        fontSize={stateFont}
        className={classes(
          'font-mono',
          current ? `font-semibold ${tone.text}` : unknown ? 'fill-ink-3' : 'fill-ink-2',
        )}
      >
        {name}
      </text>
      {tags !== '' && (
        <text
          x={width / 2}
          y={height - 3.5}
          fontSize={tagFont}
          textAnchor="middle"
          className={classes('font-mono', ownTag ? `font-semibold ${tone.text}` : 'fill-ink')}
        >
          {tags}
        </text>
      )}
    </>
  );
}

/** The kernels of a state in one line: their names where the box has room, else how many. */
export function tagLine(kernels: readonly string[], total: number, width: number): string {
  const line = kernels.join(' ');
  return textWidth(line, tagFont) <= width - 4 ? line : `${kernels.length} of ${total}`;
}
