import {
  Fragment,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';

import { readStored, writeStored } from '#browser/storage.ts';
import { classes } from '../shared/classes.ts';
import { dragged, isSizes, nudged, type PaneSize } from './split-sizes.ts';

interface Pane extends PaneSize {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

interface Props {
  /** Names the sizes in storage. */
  readonly id: string;
  readonly direction: 'row' | 'column';
  readonly panes: readonly Pane[];
}

function storedSizes(key: string, panes: readonly PaneSize[]): readonly number[] {
  const usual = panes.map(({ size }) => size);
  try {
    const stored: unknown = JSON.parse(readStored(key) ?? 'null');
    return isSizes(stored, panes) ? stored : usual;
  } catch {
    return usual;
  }
}

/** Lay out panes beside or below each other, with bars between them that mouse and keyboard move. Sizes are kept. */
export function Split({ id, direction, panes }: Props) {
  const key = `svmscope.layout.${id}`;
  const container = useRef<HTMLDivElement>(null);
  const [sizes, setSizes] = useState(() => storedSizes(key, panes));
  const prefix = useId();

  const resize = (next: readonly number[]): void => {
    setSizes(next);
    writeStored(key, JSON.stringify(next));
  };

  return (
    <div
      ref={container}
      className={classes('flex size-full min-h-0 min-w-0', direction === 'column' && 'flex-col')}
    >
      {panes.map(({ id: pane, content }, index) => (
        <Fragment key={pane}>
          <div
            id={prefix + pane}
            className="min-h-0 min-w-0 overflow-hidden"
            style={{ flex: `${sizes[index] ?? 0} 1 0` }}
          >
            {content}
          </div>
          {index < panes.length - 1 && (
            <Bar
              direction={direction}
              label={`Size of ${panes[index]?.label ?? ''}`}
              controls={prefix + pane}
              value={sizes[index] ?? 0}
              onKey={(step) => resize(nudged(sizes, panes, index, step))}
              onDrag={(event) => {
                const box = container.current?.getBoundingClientRect();
                if (box) resize(dragged(sizes, panes, index, positionIn(box, event, direction)));
              }}
              onReset={() => resize(panes.map(({ size }) => size))}
            />
          )}
        </Fragment>
      ))}
    </div>
  );
}

function positionIn(box: DOMRect, { clientX, clientY }: PointerEvent, direction: Props['direction']): number {
  return direction === 'row'
    ? ((clientX - box.left) / box.width) * 100
    : ((clientY - box.top) / box.height) * 100;
}

interface BarProps {
  readonly direction: Props['direction'];
  readonly label: string;
  readonly controls: string;
  readonly value: number;
  readonly onKey: (step: number) => void;
  readonly onDrag: (event: PointerEvent) => void;
  readonly onReset: () => void;
}

const steps: Readonly<Record<Props['direction'], Readonly<Record<string, number>>>> = {
  row: { ArrowLeft: -2, ArrowRight: 2, Home: -100, End: 100 },
  column: { ArrowUp: -2, ArrowDown: 2, Home: -100, End: 100 },
};

/** The bar between two panes: a separator that can be focused. */
function Bar({ direction, label, controls, value, onKey, onDrag, onReset }: BarProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[direction][event.key];
    if (step === undefined) return;
    event.preventDefault();
    onKey(step);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={Math.round(value)}
      title="Drag, or use the arrow keys. Double-click for the usual sizes."
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && onDrag(event)}
      onDoubleClick={onReset}
      className={classes(
        'relative shrink-0 touch-none bg-line hover:bg-accent focus-visible:bg-accent active:bg-accent',
        // The line is thin, what can be grabbed is not.
        'after:absolute after:z-10 after:content-[""]',
        direction === 'row'
          ? 'w-px cursor-col-resize after:-inset-x-1 after:inset-y-0'
          : 'h-px cursor-row-resize after:inset-x-0 after:-inset-y-1',
      )}
    />
  );
}
