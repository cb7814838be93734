import {
  interceptBits,
  interceptNames,
  interceptWord,
  interceptWords,
  type InterceptName,
} from '#isa/intercepts.ts';
import type { InterceptMemory } from './intercept-memory.ts';
import { InterceptToggle } from './InterceptToggle.tsx';

interface Props {
  readonly search: string;
  readonly set: readonly InterceptName[];
  readonly l0: ReadonlySet<InterceptName>;
  /** What stands in memory at the cursor. */
  readonly memory: InterceptMemory;
  readonly onChange: (name: InterceptName, on: boolean) => void;
}

/** By name, by bit number, or by exit code in hexadecimal. */
function isFound(name: InterceptName, search: string): boolean {
  const wanted = search.trim().toUpperCase();
  const bit = interceptBits[name];
  return (
    name.toUpperCase().includes(wanted) ||
    String(bit) === wanted ||
    `0X${bit.toString(16).toUpperCase()}` === wanted
  );
}

/** The intercepts that a search finds, by the word of the VMCB that they stand in. */
export function InterceptList({ search, set, l0, memory, onChange }: Props) {
  const found = interceptNames.filter((name) => isFound(name, search));
  if (found.length === 0) return <p className="text-xs text-ink-2">No intercept is called “{search}”.</p>;
  return interceptWords.map(({ title, offset }, word) => {
    const names = found.filter((name) => interceptWord(name) === word);
    if (names.length === 0) return null;
    return (
      <section key={title} aria-label={title}>
        <h3 className="text-2xs text-ink-3">
          {title}, VMCB offset 0x{offset.toString(16).padStart(2, '0')}
        </h3>
        <ul aria-label={title}>
          {names.map((name) => (
            <InterceptToggle
              key={name}
              name={name}
              byL0={l0.has(name)}
              checked={set.includes(name)}
              now={memory.intercepts.includes(name)}
              onChange={(on) => onChange(name, on)}
            />
          ))}
        </ul>
      </section>
    );
  });
}
