import { showSource, useOpenSource } from './store.ts';

const choices = [
  [false, 'Tree'],
  [true, 'Source'],
] as const;

/** Choose between the call tree and the visitor's own source, where some is open. */
export function SourceSwitch() {
  const source = useOpenSource();
  if (!source) return null;
  return (
    <span role="group" aria-label="Show the code as" className="flex shrink-0 rounded-sm border border-line">
      {choices.map(([shown, name]) => (
        <button
          key={name}
          type="button"
          aria-pressed={source.shown === shown}
          className={`cursor-pointer px-1.5 text-2xs ${source.shown === shown ? 'bg-accent-ground font-semibold text-accent' : 'text-ink-2 hover:bg-raised'}`}
          onClick={() => showSource({ shown, goal: undefined })}
        >
          {name}
        </button>
      ))}
    </span>
  );
}
