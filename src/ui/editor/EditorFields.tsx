import { useEffect, useEffectEvent } from 'react';

import { listingNames } from '#program/notation.ts';
import type { Program } from '#program/types.ts';
import { CodeField } from './CodeField.tsx';
import { frameWords } from './draft.ts';
import type { Editor } from './useProgramEditor.ts';

interface Props {
  readonly editor: Editor;
}

/** The parts of a program that are typed, and what goes along with them. */
export function EditorFields({ editor }: Props) {
  const { program, draft, checked, idOf } = editor;
  // What was clicked to come here is gone.
  const begin = useEffectEvent(() => editor.goTo('l1', { line: 1, column: 1 }));
  useEffect(() => begin(), []);
  const problems = checked.ok ? [] : checked.error;
  return (
    <div className="@container p-2">
      <label htmlFor={idOf('title')} className="text-2xs font-semibold text-ink-2">
        Title
      </label>
      <input
        id={idOf('title')}
        value={draft.title}
        autoComplete="off"
        onChange={({ target }) => editor.setTitle(target.value)}
        className="block h-7 w-full rounded-sm border border-line bg-panel px-2 text-xs text-ink max-md:text-[1rem]"
      />
      <div className="grid gap-2 pt-2 @xl:grid-cols-2">
        {listingNames.map((list) => (
          <CodeField
            key={list}
            id={idOf(list)}
            list={list}
            text={draft.listings[list]}
            problems={problems.flatMap((problem) => (problem.list === list ? [problem] : []))}
            onText={(text) => editor.setListing(list, text)}
            onPaste={editor.paste}
            onGoTo={(problem) => editor.goTo(list, problem)}
          />
        ))}
      </div>
      <Kept frame={draft.frame ?? program} />
    </div>
  );
}

/** What the program says beside its operations. It goes along unchanged. */
function Kept({ frame }: { readonly frame: Program }) {
  const words = frameWords(frame);
  return (
    <p className="pt-2 text-2xs break-words text-ink-3">
      Host, guest and vmcb12 go along as they are:{' '}
      <code className="font-mono text-ink-2">{words.length > 0 ? words.join(' ') : 'all defaults'}</code>
    </p>
  );
}
