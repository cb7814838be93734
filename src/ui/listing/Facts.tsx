import { memo } from 'react';

import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { classes } from '../shared/classes.ts';
import { ChangedDot } from './EferField.tsx';
import { factsOf, type Fact } from './facts-of.ts';

interface Props {
  readonly session: Session;
  readonly view: View;
}

/** What KVM and vmcb12 hold, one figure to a line; what the last operation changed is marked. */
export function Facts({ session, view }: Props) {
  const groups = factsOf(session, view);
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-1">
      {groups.map(({ title, facts }) => (
        <section key={title} aria-label={title} className="min-w-0">
          <h3 className="text-2xs text-ink-2">{title}</h3>
          <dl>
            {facts.map((fact) => (
              <Line key={fact.name} {...fact} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

const Line = memo(function Line({ name, value, before, remark }: Fact) {
  const changed = before !== value;
  return (
    <div
      title={changed ? `${name} was ${before}` : undefined}
      className={classes(
        'flex items-baseline justify-between gap-2 font-mono text-2xs leading-4',
        changed && 'bg-part-ground',
      )}
    >
      <dt className="shrink-0 text-ink-3">{name}</dt>
      <dd className="min-w-0 text-right break-words text-ink">
        {remark !== undefined && <span className="font-sans text-ink-2">{remark} </span>}
        {value}
        {changed && (
          <>
            {' '}
            <ChangedDot />
            <span className="sr-only">, was {before}</span>
          </>
        )}
      </dd>
    </div>
  );
});
