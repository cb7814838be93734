import type { ReactNode } from 'react';

import { present } from '#base/assert.ts';
import { addressWithoutFragment } from '#browser/address.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { standingOf } from '#scenarios/talks.ts';
import { comparisons } from '#session/code-partings.ts';
import { codeView } from '#session/code-view.ts';
import type { View } from '#session/derive.ts';
import { handedOn, type PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { summaryOf } from '#session/summary.ts';
import { linkOf, linkProblem } from '#share/link.ts';
import { Words } from '../code/Words.tsx';
import { Markdown } from '../shared/Markdown.tsx';
import { Prose } from '../shared/Prose.tsx';
import { HandoutChart } from './HandoutChart.tsx';
import { HandoutCode } from './HandoutCode.tsx';
import { HandoutLanes } from './HandoutLanes.tsx';
import { HandoutListing } from './HandoutListing.tsx';

export interface HandoutProps {
  readonly session: Session;
  readonly views: readonly View[];
  readonly look: PageLook;
}

/** The run as a handout: everything that the page shows of it, on paper, in the light theme. */
export function Handout({ session, views, look }: HandoutProps) {
  const { focus } = look;
  const scenario = scenarios.find(({ id }) => id === session.scenario);
  const focused = present(views[focus] ?? views[0], 'a kernel');
  return (
    <article
      data-theme="light"
      className="hidden bg-panel text-xs text-ink [print-color-adjust:exact] print:block"
    >
      <header className="border-b-2 border-ink pb-2">
        <h1 className="text-xl leading-7 font-semibold">{session.program.title}</h1>
        {scenario && (
          <p className="mt-0.5 text-sm text-ink-2">
            <Prose>{scenario.claim}</Prose>
          </p>
        )}
        <p className="mt-1 text-2xs text-ink-2">
          Kernels:{' '}
          <span className="font-mono font-semibold">{views.map(({ kernel }) => kernel).join(', ')}</span>.
          Chart, lanes and program as they are on{' '}
          <span className="font-mono font-semibold">{focused.kernel}</span>.
        </p>
      </header>
      <Outcome session={session} views={views} look={look} />
      <Part title={`Program, with what was executed on ${focused.kernel}`}>
        <HandoutListing session={session} focused={focused} />
      </Part>
      <Part title="Chart">
        <HandoutChart session={session} views={views} focused={focused} />
      </Part>
      <Part title="Lanes" whole={false}>
        <HandoutLanes session={session} focused={focused} />
      </Part>
      <Notes session={session} />
      <HandoutCode views={views} focus={focus} />
      <footer className="mt-4 border-t border-line pt-1 text-2xs break-words text-ink-2">
        svmscope: {linkProblem(session) ?? linkOf(handedOn({ session, look }), addressWithoutFragment())}
      </footer>
    </article>
  );
}

interface PartProps {
  readonly title: string;
  /** It goes to the next page rather than being broken. */
  readonly whole?: boolean;
  readonly children: ReactNode;
}

function Part({ title, whole = true, children }: PartProps) {
  return (
    <section className={`mt-4 ${whole ? 'break-inside-avoid' : ''}`}>
      <h2 className="mb-1 break-after-avoid text-sm font-semibold">{title}</h2>
      {children}
    </section>
  );
}

/** What the operation at the cursor was, where the kernels part in it, and what came of it on each. */
function Outcome({ session, views, look: { focus } }: HandoutProps) {
  const { title, lines } = summaryOf(session, views);
  const compared = comparisons(codeView(views), focus);
  return (
    <Part title={title}>
      {compared.map(({ kernel, parting, words }) => (
        <p
          key={kernel}
          className={`mb-1 px-2 py-1 ${parting.kind === 'parts' ? 'bg-part-ground' : 'bg-raised text-ink-2'}`}
        >
          <Words text={words} />
        </p>
      ))}
      <table className="w-full border-collapse text-left">
        <thead className="text-2xs text-ink-2">
          <tr>
            <th className="border-b border-line-strong pr-4 font-semibold">Kernel</th>
            <th className="w-full border-b border-line-strong font-semibold">What came of it</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ kernels, words }) => (
            <tr key={words} className="break-inside-avoid align-top">
              <td className="border-b border-line py-0.5 pr-4 font-mono font-semibold">
                {kernels.map((kernel) => (
                  <span key={kernel} className="block whitespace-nowrap">
                    {kernel}
                  </span>
                ))}
              </td>
              <td className="border-b border-line py-0.5">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** What was told so far, as long as the run is on the talk's way. */
function Notes({ session }: Pick<HandoutProps, 'session'>) {
  const standing = standingOf(session);
  if (!standing?.here) return null;
  return (
    <Part title="Notes" whole={false}>
      <ol>
        {standing.talk.stops.slice(0, standing.index + 1).map(({ at, title, text }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- Two stops may say the same.
          <li key={index} className="flex break-inside-avoid gap-2 py-0.5">
            <span className="w-12 shrink-0 text-ink-2">{at === 0 ? 'Start' : `Step ${at}`}</span>
            <div>
              {title !== undefined && <b className="font-semibold">{title}</b>}
              <Markdown>{text}</Markdown>
            </div>
          </li>
        ))}
      </ol>
    </Part>
  );
}
