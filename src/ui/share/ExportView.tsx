import { useRef, useState, type RefObject } from 'react';

import type { Result } from '#base/result.ts';
import { copyText, selectText } from '#browser/clipboard.ts';
import { saveText } from '#browser/files.ts';
import { Button } from '../shared/Button.tsx';
import { ChoiceSwitches } from './ChoiceSwitches.tsx';
import type { Exported, ExportedText, ExportEntry, ShareChoices } from './exports.ts';
import { HandoutView, PictureView } from './PictureView.tsx';

interface Props {
  readonly entry: ExportEntry;
  /** Undefined while it is made. */
  readonly result: Result<Exported, string> | undefined;
  readonly choices: ShareChoices;
  readonly onChoices: (choices: ShareChoices) => void;
}

/** Show an export as it will be handed on, with what can be done with it; or why there is none. */
export function ExportView(props: Props) {
  const { entry, result } = props;
  const exported = result?.ok ? result.value : undefined;
  return (
    <section aria-label={entry.title} className="flex min-h-0 min-w-0 flex-1 flex-col gap-2 p-3">
      <p className="text-xs text-ink-2">{entry.about}</p>
      {exported?.kind === 'picture' ? (
        <PictureView {...props} picture={exported} />
      ) : exported?.kind === 'handout' ? (
        <HandoutView />
      ) : (
        <TextView {...props} exported={exported} />
      )}
    </section>
  );
}

function TextView({
  entry,
  result,
  exported,
  choices,
  onChoices,
}: Props & { readonly exported: ExportedText | undefined }) {
  const preview = useRef<HTMLPreElement>(null);
  const { said, copy, save } = useHandingOn(exported, preview);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button tone="primary" off={!exported} onClick={copy}>
          Copy
        </Button>
        <Button off={!exported} onClick={save}>
          Save as a file
        </Button>
        <ChoiceSwitches entry={entry} choices={choices} onChoices={onChoices} />
        <span role="status" className="text-xs text-ink-2">
          {said}
        </span>
      </div>
      {result?.ok === false ? (
        <p role="alert" className="rounded-sm border border-danger bg-danger-ground p-2 text-xs text-danger">
          {result.error}
        </p>
      ) : (
        <pre
          ref={preview}
          // It scrolls: the keyboard must get there.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label="Preview"
          aria-busy={!exported}
          className="min-h-40 max-w-full flex-1 overflow-auto rounded-sm border border-line bg-raised p-2 font-mono text-xs text-ink max-md:max-h-[60dvh] md:basis-0"
        >
          {exported?.text}
        </pre>
      )}
    </>
  );
}

/** Copy or save an export, and say what came of it. */
function useHandingOn(exported: ExportedText | undefined, preview: RefObject<HTMLElement | null>) {
  const [last, setLast] = useState<{ readonly of: ExportedText; readonly words: string }>();
  const copy = async (): Promise<void> => {
    if (!exported) return;
    const copied = await copyText(exported.text);
    if (!copied && preview.current) selectText(preview.current);
    const refused = 'The browser refuses the clipboard. The text is selected: copy it with Ctrl+C.';
    setLast({ of: exported, words: copied ? 'Copied.' : refused });
  };
  const save = (): void => {
    if (!exported) return;
    saveText(exported.fileName, exported.mime, exported.text);
    setLast({ of: exported, words: `Saved as ${exported.fileName}.` });
  };
  return { said: last?.of === exported ? last?.words : undefined, copy: () => void copy(), save };
}
