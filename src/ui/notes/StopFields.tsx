import { useId } from 'react';

import { panelNames, type PanelName, type Stop } from '#program/talk.ts';
import type { View } from '#session/derive.ts';
import type { Session } from '#session/session.ts';
import { togglePanel } from '#session/talk-edit.ts';
import { Button } from '../shared/Button.tsx';
import { Markdown } from '../shared/Markdown.tsx';
import { AboutField } from './AboutField.tsx';
import type { Notes } from './useNotes.ts';

interface Props {
  readonly notes: Notes;
  readonly stop: Stop;
  readonly session: Session;
  readonly views: readonly View[];
}

const panelTitles: Readonly<Record<PanelName, string>> = {
  program: 'Program',
  chart: 'Chart',
  lanes: 'Lanes',
  code: 'Code',
  state: 'State',
};

/** One stop: what is said, where it stands, and what it shows. */
export function StopFields({ notes, stop, session, views }: Props) {
  const id = useId();
  const { change } = notes;
  return (
    <section aria-label={`Stop ${notes.index + 1}`} className="border-t border-line px-2 py-1.5 text-xs">
      <label className="block text-2xs font-semibold text-ink-2">
        Title of the stop
        <input
          value={stop.title ?? ''}
          maxLength={200}
          onChange={({ target }) => change({ title: target.value || undefined })}
          className="mt-0.5 block h-7 w-full rounded-sm border border-line bg-panel px-2 text-xs font-normal text-ink max-md:text-[1rem]"
        />
      </label>
      <label htmlFor={`${id}text`} className="mt-1.5 block text-2xs font-semibold text-ink-2">
        What to say
      </label>
      <textarea
        id={`${id}text`}
        rows={6}
        maxLength={20_000}
        value={stop.text}
        aria-describedby={`${id}syntax`}
        onChange={({ target }) => change({ text: target.value })}
        className="mt-0.5 block w-full resize-y rounded-sm border border-line bg-panel px-2 py-1 text-xs text-ink max-md:text-[1rem]"
      />
      <p id={`${id}syntax`} className="mt-1 text-2xs text-ink-2">
        **strong** _emphasis_ `code`, lists with - or 1., [a link](https://…)
      </p>
      <div role="group" aria-label="Preview" className="mt-1 border-l-2 border-line-strong pl-2 text-ink-2">
        <Markdown>{stop.text}</Markdown>
      </div>
      <Place notes={notes} stop={stop} session={session} />
      <fieldset className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <legend className="text-2xs font-semibold text-ink-2">Panels to show when presenting</legend>
        {panelNames.map((panel) => (
          <label key={panel} className="flex items-center gap-1">
            <input
              type="checkbox"
              checked={stop.show?.includes(panel) === true}
              onChange={() => change(togglePanel(stop, panel))}
            />
            {panelTitles[panel]}
          </label>
        ))}
      </fieldset>
      <AboutField about={stop.about} views={views} onChange={(about) => change({ about })} />
    </section>
  );
}

/** The step and the kernels of a stop, and taking them from the page. */
function Place({ notes, stop, session }: Omit<Props, 'views'>) {
  const { place, here, change } = notes;
  const kernels = stop.kernels?.join(', ');
  const sameKernels = kernels === session.kernels.join(', ');
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-1">
      <span>
        Step {stop.at}
        {stop.scenario !== undefined && (
          <>
            {' of '}
            <code className="font-mono">{stop.scenario}</code>
          </>
        )}
        , kernels {kernels === undefined ? 'as shown' : <code className="font-mono">{kernels}</code>}.
      </span>
      <Button
        off={here || place === undefined}
        title={
          place
            ? 'Stand at the step that is shown'
            : 'The page shows a way of your own, or the middle of a step'
        }
        onClick={() => place && change(place)}
      >
        {place ? `Put it at step ${place.at}` : 'Put it here'}
      </Button>
      <Button off={sameKernels} onClick={() => change({ kernels: session.kernels })}>
        Kernels shown now
      </Button>
      {kernels !== undefined && <Button onClick={() => change({ kernels: undefined })}>Any kernels</Button>}
    </div>
  );
}
