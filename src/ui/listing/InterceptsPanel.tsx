import { useState } from 'react';

import { l0InterceptsOfL2 } from '#kvm/l0-intercepts.ts';
import { programNow, setIntercept } from '#session/what-if.ts';
import type { PanelProps } from '../panels.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { useShortcuts } from '../settings/single-keys.ts';
import { interceptMemory } from './intercept-memory.ts';
import { InterceptList } from './InterceptList.tsx';
import { MainIntercepts } from './MainIntercepts.tsx';

/** What L1 intercepts of L2, as vmcb12 and L1's MSR permission map have it when the run starts. */
export function InterceptsPanel({ session, views, dispatch, focus }: PanelProps) {
  const [search, setSearch] = useState('');
  const view = views[focus];
  if (!view) return null;
  const program = programNow(session);
  const memory = interceptMemory(view.snapshot);
  const l0 = l0InterceptsOfL2(program.host);
  return (
    <PanelFrame title="L1 intercepts" aside={<Search value={search} onChange={setSearch} />}>
      <div className="flex flex-col gap-1 p-2">
        {search === '' ? (
          <MainIntercepts session={session} l0={l0} memory={memory} dispatch={dispatch} />
        ) : (
          <InterceptList
            search={search}
            set={program.vmcb12.intercepts}
            l0={l0}
            memory={memory}
            onChange={(name, on) => dispatch((now) => setIntercept(now, name, on))}
          />
        )}
        <p className="text-2xs text-ink-3">
          L0 marks what L0 intercepts anyway; L1’s bit then decides who handles it. Changes start a new
          branch; the old run stays.
        </p>
      </div>
    </PanelFrame>
  );
}

interface SearchProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Search({ value, onChange }: SearchProps) {
  const key = useShortcuts('/');
  return (
    <input
      id="intercept-search"
      type="search"
      aria-label="Search the intercepts"
      aria-keyshortcuts={key}
      placeholder={key === undefined ? 'search all' : `search all  ${key}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        onChange('');
        event.currentTarget.blur();
      }}
      className="h-5 w-28 rounded-xs border border-line bg-panel px-1 font-mono text-2xs placeholder:text-ink-3"
    />
  );
}
