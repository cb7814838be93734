import { keyWorks } from '../settings/single-keys.ts';
import { useSingleKeys } from '../settings/store.ts';

interface Props {
  readonly children: string;
  /** Where keys are explained: shown even if it is switched off. */
  readonly always?: boolean;
}

/**
 * Show a key, if it works. For the eye only: the control itself says its keys by `aria-keyshortcuts`, see
 * `useShortcuts()`.
 */
export function Kbd({ children, always = false }: Props) {
  const singleKeys = useSingleKeys();
  if (!always && !keyWorks(children, singleKeys)) return null;
  return (
    <kbd
      aria-hidden="true"
      className="inline-flex max-md:hidden h-4 min-w-4 items-center justify-center rounded-xs border border-line bg-raised px-1 font-mono text-2xs leading-none text-ink-3"
    >
      {children}
    </kbd>
  );
}
