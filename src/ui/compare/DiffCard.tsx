import { figure } from '#base/figures.ts';
import type { DiffGroup } from '#explore/diff.ts';
import { causeWords, kindWords, whenWords } from '#explore/words.ts';
import { classes } from '../shared/classes.ts';
import { Prose } from '../shared/Prose.tsx';
import { Story } from './Story.tsx';

interface Props {
  readonly group: DiffGroup;
  readonly kernels: readonly [string, string];
  /** Why it is picked out, where it is. */
  readonly light?: string | undefined;
  readonly onOpen: () => void;
}

/** One cause: where the kernels part, when, what becomes of it on either, and the shortest program that shows it. */
export function DiffCard({ group, kernels, light, onOpen }: Props) {
  const { cause, count, cameTo, witness } = group;
  return (
    <li
      className={classes(
        'flex flex-col gap-1.5 rounded-sm border p-2 text-xs',
        light === undefined ? 'border-line' : 'border-accent',
      )}
    >
      {light !== undefined && <p className="text-2xs font-semibold text-accent">{light}</p>}
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h3 className="min-w-0 flex-1 basis-60 font-mono text-xs font-semibold [overflow-wrap:anywhere] text-ink">
          {causeWords(cause)}
        </h3>
        <p className="text-2xs text-ink-3 tabular-nums">
          {figure(count)} {count === 1 ? 'transition' : 'transitions'}, {kindWords(group)}
        </p>
      </div>
      <p className="text-ink-2">{whenWords(group)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {kernels.map((id, side) => (
          <div key={id} className="contents">
            <dt className="font-mono text-ink-3">{id}</dt>
            <dd className="text-ink">
              <Prose>{cameTo[side]!}</Prose>
            </dd>
          </div>
        ))}
      </dl>
      <Story witness={witness} on={kernels[0]} onOpen={onOpen} />
    </li>
  );
}
