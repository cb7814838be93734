import { invariants } from '#program/invariants.ts';
import type { About } from '#program/talk.ts';
import { aboutWords } from '#session/code-about.ts';
import { codeView } from '#session/code-view.ts';
import type { View } from '#session/derive.ts';

interface Props {
  readonly about: About | undefined;
  readonly views: readonly View[];
  readonly onChange: (about: About | undefined) => void;
}

/** What a stop can be about: the functions and tests of the operation that is shown, and the invariants. */
function offered(views: readonly View[]): Readonly<Record<string, readonly About[]>> {
  const { rows } = codeView(views);
  const functions = new Set(rows.flatMap(({ callee, ran }) => (ran && callee !== undefined ? [callee] : [])));
  const tests = rows.filter(({ kind, ran }) => kind === 'test' && ran);
  const unique = new Map(tests.map(({ owner, text }) => [`${owner} ${text}`, { fn: owner, test: text }]));
  return {
    'Functions of this operation': [...functions].map((fn) => ({ kind: 'function', fn })),
    'Tests of this operation': [...unique.values()].map((one) => ({ kind: 'test', ...one })),
    Invariants: invariants.map(({ id }) => ({ kind: 'invariant', id })),
  };
}

const labelOf = (about: About): string => {
  const { code, words } = aboutWords(about);
  return words === '' ? code : `${code}, ${words}`;
};

/** Choose what a stop points out. */
export function AboutField({ about, views, onChange }: Props) {
  const groups = offered(views);
  const all = Object.values(groups).flat();
  const given = about && labelOf(about);
  const elsewhere = about && !all.some((one) => labelOf(one) === given);
  return (
    <label className="mt-1.5 block text-2xs font-semibold text-ink-2">
      What it points out
      <select
        value={given ?? ''}
        onChange={({ target }) => onChange(all.find((one) => labelOf(one) === target.value))}
        className="mt-0.5 block h-7 w-full rounded-sm border border-line bg-panel px-1 text-xs font-normal text-ink"
      >
        <option value="">Nothing</option>
        {elsewhere && <option value={given}>{`${given}, not in this operation`}</option>}
        {Object.entries(groups).map(([title, members]) => (
          <optgroup key={title} label={title}>
            {members.map((one) => (
              <option key={labelOf(one)} value={labelOf(one)}>
                {labelOf(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
