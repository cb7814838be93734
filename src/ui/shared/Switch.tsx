import { classes } from './classes.ts';

interface Props {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly title?: string;
  readonly describedBy?: string;
}

/** A switch with its label beside it: the track says on or off by shape as well. */
export function Switch({ label, checked, onChange, title, describedBy }: Props) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-describedby={describedBy}
      title={title}
      onClick={() => onChange(!checked)}
      className="inline-flex h-7 shrink-0 justify-self-start cursor-pointer items-center gap-1.5 rounded-sm px-1 text-xs text-ink hover:bg-raised"
    >
      <span
        aria-hidden="true"
        className={classes(
          'relative h-3.5 w-6 rounded-full border',
          checked ? 'border-accent bg-accent' : 'border-line-strong bg-panel',
        )}
      >
        <span
          className={classes(
            'absolute top-px size-2.5 rounded-full',
            checked ? 'right-px bg-panel' : 'left-px border border-line-strong bg-panel',
          )}
        />
      </span>
      <span className="font-mono">{label}</span>
    </button>
  );
}
