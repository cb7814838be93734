import type { Choice } from '#session/possible.ts';
import { classes } from '../shared/classes.ts';
import { useRoving } from '../shared/useRoving.ts';

interface Props {
  readonly title: string;
  readonly choices: readonly Choice[];
  /** The element in which the reason of a choice is shown. */
  readonly note: string;
  readonly onDo: (choice: Choice) => void;
  /** The visitor points at a choice, or focuses it. */
  readonly onLook: (label: string) => void;
}

/** Operations of one party as buttons; an impossible one is there, and says why not. */
export function ChoiceGroup({ title, choices, note, onDo, onLook }: Props) {
  const { group, item } = useRoving<HTMLDivElement>(choices.length);
  return (
    <section aria-label={`${title} operations`} className="px-2 pb-1.5">
      <h3 className="text-2xs text-ink-3">{title}</h3>
      <div
        {...group}
        role="toolbar"
        aria-orientation="vertical"
        aria-label={`${title} operations`}
        className="flex flex-wrap gap-1"
      >
        {choices.map((choice, index) => {
          const { tabIndex, onFocus, ...rest } = item(index);
          const off = choice.whyNot !== undefined;
          return (
            <button
              key={choice.label}
              type="button"
              tabIndex={tabIndex}
              {...rest}
              aria-disabled={off || undefined}
              aria-describedby={off || choice.caution !== undefined ? note : undefined}
              onFocus={() => {
                onFocus();
                onLook(choice.label);
              }}
              onPointerEnter={() => onLook(choice.label)}
              onClick={() => (off ? onLook(choice.label) : onDo(choice))}
              className={classes(
                'rounded-sm border px-1 font-mono text-2xs leading-4 pointer-coarse:py-1.5',
                off
                  ? 'cursor-default border-dashed border-line text-ink-3'
                  : 'cursor-pointer border-line-strong text-ink hover:border-accent hover:bg-accent-ground',
              )}
            >
              {choice.label}
              {!off && choice.caution !== undefined && (
                <span aria-hidden="true" className="text-danger">
                  {' !'}
                </span>
              )}
            </button>
          );
        })}
      </div>
    </section>
  );
}
