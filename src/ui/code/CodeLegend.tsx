import { useHunkRows } from '../patch/store.ts';

const key = 'inline-flex items-center gap-1 whitespace-nowrap';

/** Say what the glyphs and tags mean. */
export function CodeLegend() {
  const hunk = useHunkRows().size > 0;
  return (
    <p className="offstage flex shrink-0 flex-wrap gap-x-3 border-t border-line px-2 py-1 text-2xs text-ink-3">
      <span className={key}>
        <b className="font-mono text-ink-2">T F</b> test
      </span>
      <span className={key}>
        <span className="size-2 rounded-full bg-kvm" /> effect
      </span>
      <span className={key}>
        <span className="size-2 rounded-full border border-ink-3" /> not taken
      </span>
      <span className={key}>
        <b>·</b> not in this kernel
      </span>
      <span className={key}>
        <b className="font-mono">+ −</b> by a patch
      </span>
      {hunk && (
        <span className={key}>
          <span className="h-3 w-1 bg-accent" /> in the chosen hunk
        </span>
      )}
      <span>
        <b>APM</b> the manual requires it
      </span>
      <span>
        <b>undef</b> left open by it: KVM&rsquo;s choice
      </span>
      <span>no tag: KVM&rsquo;s own</span>
    </p>
  );
}
