import { exitTraceNames } from '#isa/exit-codes.ts';
import { interceptBits } from '#isa/intercepts.ts';
import { classes } from '../shared/classes.ts';

interface Props {
  readonly name: string;
  /** Instead of bit number and exit code. */
  readonly detail?: string;
  /** L0 intercepts this anyway. */
  readonly byL0: boolean;
  /** The bit has no effect as things are. */
  readonly idle?: boolean;
  readonly checked: boolean;
  /** The bit in memory at the cursor, after what L1 wrote there. */
  readonly now: boolean;
  readonly onChange: (checked: boolean) => void;
}

function detailOf(name: string): string {
  const bit = (interceptBits as Readonly<Record<string, number>>)[name];
  if (bit === undefined) return '';
  const trace = exitTraceNames[bit];
  return `bit ${bit} · 0x${bit.toString(16)}${trace === undefined ? '' : ` ${trace}`}`;
}

/** One intercept as a checkbox, with where its bit stands and whether L0 intercepts it anyway. */
export function InterceptToggle({ name, detail, byL0, idle = false, checked, now, onChange }: Props) {
  return (
    <li>
      <label className="flex cursor-pointer items-center gap-1.5 text-2xs leading-6 hover:bg-raised pointer-coarse:py-1.5">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="size-3 shrink-0 accent-accent"
        />
        <span
          className={classes('min-w-0 truncate font-mono', checked ? 'font-semibold text-ink' : 'text-ink')}
        >
          {name}
        </span>
        {now !== checked && (
          <span className="shrink-0 rounded-xs bg-part-ground px-1 text-ink" title="L1 has written it since">
            now {Number(now)}
          </span>
        )}
        <span className="ml-auto shrink-0 font-mono text-ink-3">
          {idle && checked ? 'no effect without MSR_PROT' : (detail ?? detailOf(name))}
        </span>
        <span className="w-5 shrink-0 text-center">
          {byL0 && (
            <span
              title="L0 intercepts this anyway"
              className="rounded-xs border border-kvm px-0.5 text-[0.625rem] text-kvm"
            >
              L0<span className="sr-only"> intercepts this anyway</span>
            </span>
          )}
        </span>
      </label>
    </li>
  );
}
