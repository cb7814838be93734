import { listingOf, pointersOf, type ListName } from '#session/listing.ts';
import { labelOf } from '#session/possible.ts';
import { partyOfList, partyText } from '../listing/party.ts';
import type { Pictured } from '../pictures/pictured.ts';

const titles: Readonly<Record<ListName, string>> = { l1: 'L1', l2: 'L2', smm: 'SMM', userspace: 'userspace' };
const order = ['l1', 'l2', 'smm', 'userspace'] as const;

/** The program beside each other: who has which code, what was executed, and what runs next. */
export function HandoutListing({ session, focused }: Pick<Pictured, 'session' | 'focused'>) {
  const listing = listingOf(session, focused.kernel);
  const next = pointersOf(focused).find(({ kind }) => kind === 'current');
  return (
    <div className="flex gap-6">
      {order
        .filter((name) => listing[name].some(({ op }) => op.do !== 'END' && op.do !== 'RSM'))
        .map((name) => (
          <div key={name} className="min-w-0 flex-1">
            <h3 className={`text-2xs font-semibold ${partyText[partyOfList[name]]}`}>{titles[name]}</h3>
            <ol className="font-mono text-2xs">
              {listing[name].map(({ op, done }, index) => (
                // A line has no identity but its place.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={index} className="flex gap-1">
                  <span className="w-3 shrink-0">
                    {next?.list === name && next.index === index ? '►' : ''}
                  </span>
                  <span className="w-4 shrink-0 text-right text-ink-3">{index}</span>
                  <span className="min-w-0 break-words">{labelOf(op)}</span>
                  {done > 0 && <span className="text-good">✓{done > 1 ? done : ''}</span>}
                </li>
              ))}
            </ol>
          </div>
        ))}
    </div>
  );
}
