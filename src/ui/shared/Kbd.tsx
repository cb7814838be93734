interface Props {
  readonly children: string;
}

/** Show a key. For the eye only: the control itself says its keys by `aria-keyshortcuts`. */
export function Kbd({ children }: Props) {
  return (
    <kbd
      aria-hidden="true"
      className="inline-flex max-md:hidden h-4 min-w-4 items-center justify-center rounded-xs border border-line bg-raised px-1 font-mono text-2xs leading-none text-ink-3"
    >
      {children}
    </kbd>
  );
}
