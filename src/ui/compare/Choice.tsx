import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
  readonly onChange: (value: string) => void;
  /** The options are identifiers. */
  readonly mono?: boolean;
}

/** Choose one of a list, with the question before it. */
export function Choice({ label, value, options, onChange, mono = true }: Props) {
  const id = useId();
  return (
    <span className="flex max-w-full flex-wrap items-center gap-1.5 text-xs text-ink-2">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`h-7 max-w-full rounded-sm border border-line-strong bg-panel px-1 text-xs text-ink ${mono ? 'font-mono' : ''}`}
      >
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.title}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Identifiers as options. */
export const plainly = (values: readonly string[]): Props['options'] =>
  values.map((value) => ({ value, title: value }));
